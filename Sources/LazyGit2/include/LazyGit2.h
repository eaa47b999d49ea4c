#ifndef TINYFORGE_LAZYGIT2_H
#define TINYFORGE_LAZYGIT2_H

/* 1 where libgit2 could be loaded, 0 where not; the first call loads it. The functions that
   lazy.c defines may be called only after this has returned 1. */
int tinyforge_git_is_loaded(void);

struct git_config;

/* Adds settings, written as in a file of them. Returns 0, or libgit2's status. */
int tinyforge_git_add_settings(struct git_config *config, const void *text, unsigned long size);

#endif
