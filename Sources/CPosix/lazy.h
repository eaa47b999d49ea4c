#ifndef TINYFORGE_LAZY_H
#define TINYFORGE_LAZY_H

/* A library that is loaded at the first use of one of its functions: for lazy.c of LazyGit2,
   LazyCurl and LazyPostgres, which define LAZY_LIBRARY, its file's name, before they include this, and perhaps
   LAZY_FIRST, a library under it that is better loaded before. */
#include <dlfcn.h>
#include <stddef.h>
#include <stdlib.h>

/* The library's calls of its own functions must not come back to those defined here: they would,
   unless it looks among its own first (DEEPBIND), or the program exports none of its own (ci/build). */
#ifdef TINYFORGE_CLOSED_PROGRAM
#define LAZY_DEEPBIND 0
#else
#define LAZY_DEEPBIND RTLD_DEEPBIND
#endif

static void *library(void) {
  static void *loaded;
  void *found = __atomic_load_n(&loaded, __ATOMIC_ACQUIRE);
  if (found == NULL) {
#ifdef LAZY_FIRST
    dlopen(LAZY_FIRST, RTLD_LAZY | RTLD_LOCAL);
#endif
    /* Each function is looked up at its first call, where the library lets that be: most are never called. */
    found = dlopen(LAZY_LIBRARY, RTLD_LAZY | RTLD_LOCAL | LAZY_DEEPBIND);
    __atomic_store_n(&loaded, found, __ATOMIC_RELEASE);
  }
  return found;
}

/* Two threads may both look a function up: they find the same. */
static void *function(void **slot, const char *name) {
  void *found = __atomic_load_n(slot, __ATOMIC_RELAXED);
  if (found == NULL) {
    if (library() != NULL) found = dlsym(library(), name);
    if (found == NULL) abort(); /* never: whether it is loaded was not asked */
    __atomic_store_n(slot, found, __ATOMIC_RELAXED);
  }
  return found;
}

/* A function under its own name, with its parameters and as they are handed on. */
#define LAZY(result, name, parameters, arguments)                   \
  result name parameters {                                          \
    static void *slot;                                              \
    return ((result(*) parameters)function(&slot, #name))arguments; \
  }

#endif
