/* libgit2's memory, bounded while it reads an object from a pack.

   A small object may be stored as the difference to a large one, which libgit2 would inflate first: a few kilobytes
   that cost hundreds of megabytes. So nothing over the limit is handed out meanwhile. */
#include <CLooseObjects.h>
#include "checks.h"
#include "size_limit.h"
#include <git2/sys/alloc.h>
#include <stdlib.h>
#include <string.h>

/* 0 for none. */
static _Thread_local size_t limit;
static _Thread_local int was_reached;

static int exceeds(size_t size) {
  if (limit == 0 || size <= limit) return 0;
  was_reached = 1;
  return 1;
}

static void *resize(void *memory, size_t size, const char *file, int line) {
  (void)file;
  (void)line;
  return exceeds(size) ? NULL : realloc(memory, size);
}

static void *allocate(size_t size, const char *file, int line) { return resize(NULL, size, file, line); }

static void *resize_array(void *memory, size_t count, size_t size, const char *file, int line) {
  size_t whole;
  return __builtin_mul_overflow(count, size, &whole) ? NULL : resize(memory, whole, file, line);
}

static void *allocate_array(size_t count, size_t size, const char *file, int line) {
  return resize_array(NULL, count, size, file, line);
}

static void *allocate_zeroes(size_t count, size_t size, const char *file, int line) {
  size_t whole;
  (void)file;
  (void)line;
  return __builtin_mul_overflow(count, size, &whole) || exceeds(whole) ? NULL : calloc(count, size);
}

static char *copy_bytes(const char *text, size_t size, const char *file, int line) {
  char *copy = size + 1 == 0 ? NULL : allocate(size + 1, file, line);
  if (copy == NULL) return NULL;
  memcpy(copy, text, size);
  copy[size] = 0;
  return copy;
}

static char *copy_text(const char *text, const char *file, int line) {
  return copy_bytes(text, strlen(text), file, line);
}

static char *copy_start(const char *text, size_t size, const char *file, int line) {
  return copy_bytes(text, strnlen(text, size), file, line);
}

int tinyforge_git_bound_memory(void) {
  git_allocator bounded = {
      .gmalloc = allocate, .gcalloc = allocate_zeroes, .gstrdup = copy_text, .gstrndup = copy_start,
      .gsubstrdup = copy_bytes, .grealloc = resize, .greallocarray = resize_array,
      .gmallocarray = allocate_array, .gfree = free};
  return git_libgit2_opts(GIT_OPT_SET_ALLOCATOR, &bounded);
}

int tinyforge_git_read_from_pack(
    pack_reader *read, void **data, size_t *size, git_object_t *type, git_odb_backend *pack, const git_oid *id) {
  /* An object of the largest size, with the NUL after it and what allocators of libgit2 add. */
  limit = TINYFORGE_LARGEST + 4096;
  was_reached = 0;
  int status = read(data, size, type, pack, id);
  limit = 0;
  return status != 0 && was_reached ? tinyforge_git_large_base(id) : status;
}
