#ifndef TINYFORGE_CLOOSEOBJECTS_H
#define TINYFORGE_CLOOSEOBJECTS_H

struct git_odb;

/* How libgit2's message of an object ends that is too large to be read. */
#define TINYFORGE_GIT_TOO_LARGE "objects over 16 MiB are not read"

/* From now on objects in files of their own in `folder` are read whole or not at all: see backend.c. Of each of `count`
   pairs of `git_oid`s, in the order of the first, the second is read in the place of the first. Returns 0, or
   libgit2's status. */
int tinyforge_git_read_whole(struct git_odb *database, const char *folder, const void *replaced, long count);

/* Adds libgit2's own backend for the packs of a folder of objects. Returns 0, or libgit2's status. */
int tinyforge_git_add_packs(struct git_odb *database, const char *folder);

/* To be called once all folders of objects are added: from now on the size of an object in a pack is asked
   before it is read, and a pack's copy is read in the place of a damaged file. */
int tinyforge_git_know_packs(struct git_odb *database);

/* Bounds libgit2's memory while it reads from packs: see memory_limit.c. To be called before it is started. Returns 0, or
   libgit2's status. */
int tinyforge_git_bound_memory(void);

#endif
