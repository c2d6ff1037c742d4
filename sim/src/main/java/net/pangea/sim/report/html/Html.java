package net.pangea.sim.report.html;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How texts and data get into a page. */
final class Html {
    private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z]+)}}");
    private static final JsonMapper MAPPER = new JsonMapper();

    private Html() {}

    /** {@return a text that stands for itself in HTML, also in a quoted attribute} */
    static String text(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /**
     * {@return JSON that may stand in a script element} There a parser of HTML looks for {@code </script} and {@code <!--}
     * alone, and neither can be without a {@code <}.
     */
    static String json(JsonNode data) {
        try {
            return MAPPER.writeValueAsString(data).replace("<", "\\u003c");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of JSON nodes can always be written", e);
        }
    }

    /** {@return {@code template} with each <code>{{place}}</code> filled, in one pass: what is filled in is not looked at} */
    static String fill(String template, Map<String, String> parts) {
        Matcher places = PLACE.matcher(template);
        StringBuilder page = new StringBuilder();
        while (places.find()) {
            String part = parts.get(places.group(1));
            if (part == null) {
                throw new IllegalStateException("nothing to fill in for " + places.group());
            }
            places.appendReplacement(page, "");
            page.append(part);
        }
        return places.appendTail(page).toString();
    }
}
