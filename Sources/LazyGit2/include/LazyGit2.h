#ifndef TINYFORGE_LAZYGIT2_H
#define TINYFORGE_LAZYGIT2_H

/* 1 where libgit2 could be loaded, 0 where not; the first call loads it. The functions that
   lazy.c defines may be called only after this has returned 1. */
int tinyforge_git_is_loaded(void);

#endif
