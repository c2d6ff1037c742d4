package net.pangea.sim.disk;

/** What a name on a disk image stands for, whatever it is called and wherever it is. */
sealed interface Inode permits FileInode, DirectoryInode {}
