/* How libgit2 reads objects: whole or not at all.

   A backend that is asked before libgit2's own reads objects in files of their own. Where such a file is damaged and a
   pack holds the same object whole, that is read instead, as git does.

   No object over 16 MiB is read, wherever it is: its size is asked first. A few hundred kilobytes on
   disk may unpack to hundreds of megabytes. */
#include "backend.h"
#include <CLooseObjects.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void forget(loose_backend *backend) {
  if (backend->kept.data != NULL) git_odb_backend_data_free(&backend->parent, backend->kept.data);
  memset(&backend->kept, 0, sizeof backend->kept);
}

/* The status of an object that no pack holds, and that is in no file of its own or in a faulty one. */
static int not_in_packs(const loose_backend *backend, const git_oid *id, int fault) {
  if (fault == GIT_ENOTFOUND || backend->packs == NULL) return GIT_ENOTFOUND;
  return fault == TINYFORGE_UNREADABLE ? tinyforge_git_unreadable(id) : tinyforge_git_damaged(id);
}

/* Reads from a pack what is in no file of its own, or in a faulty one. */
static int read_packed(
    void **data, size_t *size, git_object_t *type, loose_backend *backend, const git_oid *id, int fault) {
  object found;
  if (fault == GIT_ENOTFOUND && !backend->reads_packs) return GIT_ENOTFOUND;
  git_odb_backend *pack = tinyforge_git_pack_of(backend, id, &found);
  /* The packs are not added yet: this backend is the only one, so libgit2 does not read the damaged file. */
  if (pack == NULL) return not_in_packs(backend, id, fault);
  int status = tinyforge_git_check_size(id, &found);
  return status == 0 ? tinyforge_git_read_from_pack(backend->read_pack, data, size, type, pack, id) : status;
}

/* Reads an object as it is stored. */
static int read_stored(
    void **data, size_t *size, git_object_t *type, git_odb_backend *parent, const git_oid *id) {
  loose_backend *backend = (loose_backend *)parent;
  object found;
  if (backend->kept.data != NULL && memcmp(&backend->kept_id, id, sizeof *id) == 0) {
    found = backend->kept;
    memset(&backend->kept, 0, sizeof backend->kept);
  } else {
    int status = tinyforge_git_load_loose(backend, id, 0, &found);
    if (status != 0) return read_packed(data, size, type, backend, id, status);
    status = tinyforge_git_check_size(id, &found);
    if (status != 0) return status;
  }
  *data = found.data;
  *size = found.size;
  *type = found.type;
  return 0;
}

static int read_object(
    void **data, size_t *size, git_object_t *type, git_odb_backend *parent, const git_oid *id) {
  const loose_backend *backend = (loose_backend *)parent;
  id = tinyforge_git_replaced(backend->replaced, backend->replaced_count, id);
  if (id == NULL) return GIT_ERROR;
  int status = read_stored(data, size, type, parent, id);
  return status == 0 ? tinyforge_git_finish(parent, id, *type, data, size) : status;
}

static int read_header(size_t *size, git_object_t *type, git_odb_backend *parent, const git_oid *id) {
  loose_backend *backend = (loose_backend *)parent;
  object found;
  const git_oid *asked = id;
  id = tinyforge_git_replaced(backend->replaced, backend->replaced_count, id);
  if (id == NULL) return GIT_ERROR;
  int status = tinyforge_git_load_loose(backend, id, 1, &found);
  /* Of what is in a pack libgit2's own backend has the header, but knows of no other object in its place. */
  if (status == GIT_ENOTFOUND && (id == asked || !backend->reads_packs)) return status;
  if (status != 0) {
    if (tinyforge_git_pack_of(backend, id, &found) == NULL) return not_in_packs(backend, id, status);
    found.data = NULL;
  }
  forget(backend);
  backend->kept_id = *id;
  backend->kept = found;
  *size = found.size;
  *type = found.type;
  return 0;
}

static int read_prefix(
    git_oid *full, void **data, size_t *size, git_object_t *type, git_odb_backend *parent, const git_oid *id,
    size_t length) {
  loose_backend *backend = (loose_backend *)parent;
  if (length >= GIT_OID_HEXSZ) {
    *full = *id;
    return read_object(data, size, type, parent, full);
  }
  int status = tinyforge_git_complete_loose(backend, full, id, length);
  if (status == 0 || status == GIT_ENOTFOUND) status = tinyforge_git_complete_packed(backend, full, id, length, status);
  if (status != 0) return status;
  return read_object(data, size, type, parent, full);
}

static int exists(git_odb_backend *parent, const git_oid *id) {
  return access(tinyforge_git_loose_path((loose_backend *)parent, id), F_OK) == 0;
}

/* Asked before an object is looked for once more: without it, this backend would not be. */
static int refresh(git_odb_backend *parent) {
  (void)parent;
  return 0;
}

static void release(git_odb_backend *parent) {
  loose_backend *backend = (loose_backend *)parent;
  forget(backend);
  free(backend->packs);
  free(backend->replaced);
  if (backend->is_ready) inflateEnd(&backend->stream);
  free(backend);
}

int tinyforge_git_read_whole(git_odb *database, const char *folder, const void *pairs, long count) {
  size_t length = strlen(folder);
  loose_backend *backend = calloc(1, sizeof *backend + length + GIT_OID_HEXSZ + 3);
  if (backend == NULL) return GIT_ERROR;
  backend->parent.version = GIT_ODB_BACKEND_VERSION;
  backend->parent.read = read_object;
  backend->parent.read_prefix = read_prefix;
  backend->parent.read_header = read_header;
  backend->parent.exists = exists;
  backend->parent.refresh = refresh;
  backend->parent.free = release;
  backend->folder = length;
  memcpy(backend->path, folder, length);
  if (count > 0) {
    backend->replaced = calloc((size_t)count, sizeof(replacement));
    if (backend->replaced == NULL) {
      release(&backend->parent);
      return GIT_ERROR;
    }
    memcpy(backend->replaced, pairs, (size_t)count * sizeof(replacement));
    backend->replaced_count = (size_t)count;
  }
  /* Before the packs, which have the priority 1. */
  int status = git_odb_add_backend(database, &backend->parent, 3);
  if (status < 0) release(&backend->parent);
  return status;
}

int tinyforge_git_is_own(const git_odb_backend *backend) { return backend->read == read_object; }
