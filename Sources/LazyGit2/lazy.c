/* libgit2's functions under their own names, each of which loads the library at its first use.

   Linked as usual, libgit2 and the fifteen libraries under it are loaded and relocated before
   main: some 3 ms, twice what the whole of `git --version` takes, and lost on a tool that lints one
   plain file. So the tools are not linked with it at all: a function of libgit2 that they
   call, and that is not listed here, fails to link. */
#include <LazyGit2.h>
#include <git2.h>
#include <git2/sys/alloc.h>
#include <git2/sys/odb_backend.h>
#include <git2/sys/repository.h>
#include <stdarg.h>

#define LAZY_LIBRARY "libgit2.so." LIBGIT2_SOVERSION
/* OpenSSL looks up 3,000 of its own functions as it is loaded. By itself it finds each at once; together with
   libgit2, it would search the fifteen libraries before it for every one, a quarter of the whole start. */
#define LAZY_FIRST "libcrypto.so.3"
#include "../CPosix/lazy.h"

#ifdef TINYFORGE_CLOSED_PROGRAM
/* libgit2 prepares, as soon as it starts, for connections that the tools never make with it. Where it is built with
   mbedTLS and libssh2, as Debian's is, it reads every certificate of the system (5 ms), gathers randomness, and lets
   libssh2 start OpenSSL. The loader takes these functions for the libraries' own; they do nothing. */
#define INSTEAD __attribute__((visibility("default")))

INSTEAD int mbedtls_x509_crt_parse_file(void *chain, const char *path) {
  (void)chain;
  (void)path;
  return -1;
}

INSTEAD void mbedtls_entropy_init(void *source) { (void)source; }

INSTEAD int mbedtls_ctr_drbg_seed(
    void *generator, int (*gather)(void *, unsigned char *, size_t), void *source, const unsigned char *custom,
    size_t length) {
  (void)generator;
  (void)gather;
  (void)source;
  (void)custom;
  (void)length;
  return 0;
}

INSTEAD int libssh2_init(int flags) {
  (void)flags;
  return 0;
}
#endif

int tinyforge_git_is_loaded(void) { return library() != NULL; }

LAZY(int, git_libgit2_init, (void), ())
LAZY(int, git_libgit2_version, (int *a, int *b, int *c), (a, b, c))
LAZY(const git_error *, git_error_last, (void), ())

LAZY(int, git_repository_open_bare, (git_repository **a, const char *b), (a, b))
LAZY(int, git_repository_new, (git_repository **a), (a))
LAZY(int, git_repository_set_odb, (git_repository *a, git_odb *b), (a, b))
LAZY(int, git_repository_set_workdir, (git_repository *a, const char *b, int c), (a, b, c))
LAZY(void, git_repository_free, (git_repository *a), (a))
LAZY(const char *, git_repository_path, (const git_repository *a), (a))
LAZY(const char *, git_repository_commondir, (const git_repository *a), (a))
LAZY(int, git_repository_odb, (git_odb **a, git_repository *b), (a, b))
LAZY(int, git_repository_set_config, (git_repository *a, git_config *b), (a, b))
LAZY(int, git_config_new, (git_config **a), (a))
LAZY(int, git_config_add_file_ondisk, (git_config *a, const char *b, git_config_level_t c, const git_repository *d, int e), (a, b, c, d, e))
LAZY(void, git_config_free, (git_config *a), (a))

LAZY(int, git_reference_list, (git_strarray *a, git_repository *b), (a, b))
LAZY(void, git_strarray_dispose, (git_strarray *a), (a))
LAZY(int, git_reference_name_is_valid, (int *a, const char *b), (a, b))
LAZY(int, git_revparse_single, (git_object **a, git_repository *b, const char *c), (a, b, c))

LAZY(int, git_oid_fromstr, (git_oid *a, const char *b), (a, b))
LAZY(int, git_object_lookup, (git_object **a, git_repository *b, const git_oid *c, git_object_t d), (a, b, c, d))
LAZY(int, git_object_peel, (git_object **a, const git_object *b, git_object_t c), (a, b, c))
LAZY(git_object_t, git_object_type, (const git_object *a), (a))
LAZY(void, git_object_free, (git_object *a), (a))
LAZY(const git_oid *, git_tag_target_id, (const git_tag *a), (a))
LAZY(const git_oid *, git_commit_id, (const git_commit *a), (a))
LAZY(unsigned int, git_commit_parentcount, (const git_commit *a), (a))
LAZY(const git_oid *, git_commit_parent_id, (const git_commit *a, unsigned int b), (a, b))
LAZY(const git_signature *, git_commit_author, (const git_commit *a), (a))
LAZY(git_time_t, git_commit_time, (const git_commit *a), (a))
LAZY(const char *, git_commit_message, (const git_commit *a), (a))
LAZY(int, git_commit_tree, (git_tree **a, const git_commit *b), (a, b))
LAZY(const git_oid *, git_commit_tree_id, (const git_commit *a), (a))
LAZY(void, git_commit_free, (git_commit *a), (a))
LAZY(int, git_tree_lookup, (git_tree **a, git_repository *b, const git_oid *c), (a, b, c))
LAZY(const git_oid *, git_tree_id, (const git_tree *a), (a))
LAZY(size_t, git_tree_entrycount, (const git_tree *a), (a))
LAZY(const git_tree_entry *, git_tree_entry_byindex, (const git_tree *a, size_t b), (a, b))
LAZY(const char *, git_tree_entry_name, (const git_tree_entry *a), (a))
LAZY(const git_tree_entry *, git_tree_entry_byname, (const git_tree *a, const char *b), (a, b))
LAZY(const git_oid *, git_tree_entry_id, (const git_tree_entry *a), (a))
LAZY(git_filemode_t, git_tree_entry_filemode, (const git_tree_entry *a), (a))
LAZY(void, git_tree_free, (git_tree *a), (a))

LAZY(int, git_revwalk_new, (git_revwalk **a, git_repository *b), (a, b))
LAZY(int, git_revwalk_push, (git_revwalk *a, const git_oid *b), (a, b))
LAZY(int, git_revwalk_hide_glob, (git_revwalk *a, const char *b), (a, b))
LAZY(int, git_revwalk_next, (git_oid *a, git_revwalk *b), (a, b))
LAZY(void, git_revwalk_free, (git_revwalk *a), (a))

LAZY(int, git_odb_new, (git_odb **a), (a))
LAZY(int, git_odb_backend_pack, (git_odb_backend **a, const char *b), (a, b))
LAZY(int, git_odb_add_backend, (git_odb *a, git_odb_backend *b, int c), (a, b, c))
LAZY(size_t, git_odb_num_backends, (git_odb *a), (a))
LAZY(int, git_odb_get_backend, (git_odb_backend **a, git_odb *b, size_t c), (a, b, c))
LAZY(void *, git_odb_backend_data_alloc, (git_odb_backend *a, size_t b), (a, b))
LAZY(void, git_odb_backend_data_free, (git_odb_backend *a, void *b), (a, b))
LAZY(int, git_error_set_str, (int a, const char *b), (a, b))
LAZY(int, git_odb_hash, (git_oid *a, const void *b, size_t c, git_object_t d), (a, b, c, d))
LAZY(int, git_odb_exists, (git_odb *a, const git_oid *b), (a, b))
LAZY(int, git_odb_read_header, (size_t *a, git_object_t *b, git_odb *c, const git_oid *d), (a, b, c, d))
LAZY(int, git_odb_read, (git_odb_object **a, git_odb *b, const git_oid *c), (a, b, c))
LAZY(const void *, git_odb_object_data, (git_odb_object *a), (a))
LAZY(git_object_t, git_odb_object_type, (git_odb_object *a), (a))
LAZY(size_t, git_odb_object_size, (git_odb_object *a), (a))
LAZY(void, git_odb_object_free, (git_odb_object *a), (a))
LAZY(void, git_odb_free, (git_odb *a), (a))

LAZY(int, git_attr_get, (const char **a, git_repository *b, uint32_t c, const char *d, const char *e), (a, b, c, d, e))
LAZY(git_attr_value_t, git_attr_value, (const char *a), (a))


/* Variadic, with the two options that the toolkit sets: the allocator, and a number. */
int git_libgit2_opts(int option, ...) {
  static void *slot;
  int (*set)(int, ...) = (int (*)(int, ...))function(&slot, "git_libgit2_opts");
  va_list values;
  va_start(values, option);
  int status = option == GIT_OPT_SET_ALLOCATOR ? set(option, va_arg(values, git_allocator *)) : set(option, va_arg(values, int));
  va_end(values);
  return status;
}
