package net.pangea.merkle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;

class ColumnTreeTest {

    @Property(tries = 70)
    void it_gives_the_root_the_leaves_and_the_paths_of_its_column(@ForAll @IntRange(min = 1, max = 70) int segments) {
        List<ColumnLeaf> leaves = new ArrayList<>();
        for (int i = 0; i < segments; i++) {
            leaves.add(new ColumnLeaf(i + 1, Sha256.of(Bytes.wrap(new byte[] {(byte) i}))));
        }
        ColumnIndex column = new ColumnIndex(leaves);

        ColumnTree tree = ColumnTree.of(column);

        assertThat(tree.segments()).isEqualTo(segments);
        assertThat(tree.root()).isEqualTo(column.root());
        for (int i = 0; i < segments; i++) {
            assertThat(tree.leaf(i)).isEqualTo(leaves.get(i));
            assertThat(tree.path(i)).isEqualTo(column.path(i));
        }
    }
}
