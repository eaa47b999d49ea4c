/* Objects in files of their own, read whole or not at all.

   libgit2 1.5.1 never returns from reading such a file that breaks off: its inflating loop waits for
   output that does not come. So a backend that is asked before libgit2's own reads them, and reports
   damage. Where a pack holds the same object whole, that is read instead, as git does.

   No object over 16 MiB is read, wherever it is: its size is asked first. A few hundred kilobytes in a
   repository may stand for hundreds of megabytes. */
#include <LazyGit2.h>
#include "checks.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <git2.h>
#include <git2/sys/odb_backend.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

/* Nearly every object's file is smaller than this, and read by one call. */
#define SMALL 16384
/* Nearly every object fits into this, and is inflated by one call, for which zlib needs no window of its own.
   Its header (`commit`, a space, twenty digits and a NUL) always does. */
#define FIRST 4096
/* No byte of a zlib stream yields more; source: zlib.net, zlib_tech. */
#define EXPANSION 1032

typedef struct {
  git_odb_backend parent;
  /* What was read for its header, and is about to be asked for. */
  git_oid kept_id;
  object kept;
  /* Made ready for the first object, and used for all. */
  z_stream stream;
  int is_ready;
  /* libgit2's backends of packs; NULL as long as packs are not looked through. They read for this one alone. */
  git_odb_backend **packs;
  size_t pack_count;
  pack_reader *read_pack;
  /* What is read in the place of what. */
  replacement *replaced;
  size_t replaced_count;
  /* Whether this is the one that reads from them: one of all backends of this kind. */
  int reads_packs;
  /* The folder of the objects, and behind it the place of one's name. */
  size_t folder;
  char path[];
} loose_backend;

static void forget(loose_backend *backend) {
  if (backend->kept.data != NULL) git_odb_backend_data_free(&backend->parent, backend->kept.data);
  memset(&backend->kept, 0, sizeof backend->kept);
}

/* The path of an object, `FOLDER/xx/` and 38 digits; the backend's own memory. */
static const char *path_of(loose_backend *backend, const git_oid *id) {
  static const char digits[] = "0123456789abcdef";
  char *at = backend->path + backend->folder;
  *at++ = '/';
  for (int index = 0; index < GIT_OID_RAWSZ; index++) {
    *at++ = digits[id->id[index] >> 4];
    *at++ = digits[id->id[index] & 15];
    if (index == 0) *at++ = '/';
  }
  *at = 0;
  return backend->path;
}

/* Finds an object in packs, with its size and type alone: the backend that has it, or NULL. */
static git_odb_backend *pack_of(loose_backend *backend, const git_oid *id, object *found) {
  for (size_t index = 0; index < backend->pack_count; index++) {
    git_odb_backend *pack = backend->packs[index];
    if (pack->read_header(&found->size, &found->type, pack, id) == 0) return pack;
  }
  return NULL;
}

/* Reads `blob 123` and its NUL; returns their length, or 0. */
static size_t parse_header(const char *header, size_t count, object *found) {
  static const struct { const char *name; git_object_t type; } types[] = {
      {"commit ", GIT_OBJECT_COMMIT}, {"tree ", GIT_OBJECT_TREE},
      {"blob ", GIT_OBJECT_BLOB}, {"tag ", GIT_OBJECT_TAG}};
  for (size_t index = 0; index < sizeof types / sizeof *types; index++) {
    size_t at = strlen(types[index].name);
    size_t start = at;
    if (count < at || memcmp(header, types[index].name, at) != 0) continue;
    found->type = types[index].type;
    found->size = 0;
    for (; at < count && header[at] >= '0' && header[at] <= '9' && at - start < 18; at++) {
      found->size = found->size * 10 + (size_t)(header[at] - '0');
    }
    return at > start && at < count && header[at] == 0 ? at + 1 : 0;
  }
  return 0;
}

/* Inflates a whole stream of `count` bytes, or its header alone where `found->data` is not wanted.
   Returns 0 where it is as it should be. */
static int inflate_object(
    loose_backend *backend, const void *bytes, size_t count, int header_only, object *found) {
  char first[FIRST];
  z_stream *stream = &backend->stream;
  if ((backend->is_ready ? inflateReset(stream) : inflateInit(stream)) != Z_OK) return GIT_ERROR;
  backend->is_ready = 1;
  stream->next_in = (unsigned char *)bytes;
  stream->avail_in = (unsigned)count;
  stream->next_out = (unsigned char *)first;
  stream->avail_out = sizeof first;
  /* Z_BUF_ERROR: there is more than fits, or less than there should be. */
  int status = inflate(stream, Z_FINISH);
  size_t ready = sizeof first - stream->avail_out;
  size_t length = parse_header(first, ready, found);
  if (length == 0 || (status != Z_BUF_ERROR && status != Z_OK && status != Z_STREAM_END)) return GIT_ERROR;
  if (header_only || found->size > TINYFORGE_LARGEST) return 0;
  if (found->size / EXPANSION > count || ready - length > found->size) return GIT_ERROR;
  /* One byte more than there should be, for the NUL, and to notice what is too long. */
  unsigned char *data = git_odb_backend_data_alloc(&backend->parent, found->size + 1);
  if (data == NULL) return GIT_ERROR;
  memcpy(data, first + length, ready - length);
  stream->next_out = data + (ready - length);
  stream->avail_out = (unsigned)(found->size - (ready - length) + 1);
  if (status == Z_BUF_ERROR) status = Z_OK;
  while (status == Z_OK && stream->avail_out > 0) status = inflate(stream, Z_NO_FLUSH);
  if (status != Z_STREAM_END || stream->next_out != data + found->size) {
    git_odb_backend_data_free(&backend->parent, data);
    return GIT_ERROR;
  }
  data[found->size] = 0;
  found->data = data;
  return 0;
}

/* Reads an object of a large file, or no more of it than its header. */
static int load_large(loose_backend *backend, int file, int header_only, object *found) {
  struct stat facts;
  size_t size = SMALL, count = 0;
  if (!header_only) {
    if (fstat(file, &facts) != 0 || facts.st_size <= 0 || facts.st_size > 1 << 30) return GIT_ERROR;
    size = (size_t)facts.st_size;
  }
  char *bytes = malloc(size);
  if (bytes == NULL) return GIT_ERROR;
  while (count < size) {
    ssize_t got = pread(file, bytes + count, size - count, (off_t)count);
    if (got <= 0) break;
    count += (size_t)got;
  }
  int status = inflate_object(backend, bytes, count, header_only, found);
  free(bytes);
  return status;
}

/* The status of an object's file that this user may not read; none of libgit2's. */
#define UNREADABLE (-1000)

/* Reads an object; of a large one for its header only that, so that `found->data` stays NULL, as it does for
   one that is too large. */
static int load(loose_backend *backend, const git_oid *id, int header_only, object *found) {
  char bytes[SMALL];
  memset(found, 0, sizeof *found);
  int file = open(path_of(backend, id), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file < 0) return errno == EACCES ? UNREADABLE : GIT_ENOTFOUND;
  ssize_t count = read(file, bytes, sizeof bytes);
  int status = GIT_ERROR;
  if (count >= 0 && count < (ssize_t)sizeof bytes) {
    status = inflate_object(backend, bytes, (size_t)count, 0, found);
  } else if (count > 0) {
    status = load_large(backend, file, header_only, found);
  }
  close(file);
  return status;
}

/* The status of an object that no pack holds, and that is in no file of its own or in a faulty one. */
static int not_in_packs(const loose_backend *backend, const git_oid *id, int fault) {
  if (fault == GIT_ENOTFOUND || backend->packs == NULL) return GIT_ENOTFOUND;
  return fault == UNREADABLE ? tinyforge_git_unreadable(id) : tinyforge_git_damaged(id);
}

/* Reads from a pack what is in no file of its own, or in a faulty one. */
static int read_packed(
    void **data, size_t *size, git_object_t *type, loose_backend *backend, const git_oid *id, int fault) {
  object found;
  if (fault == GIT_ENOTFOUND && !backend->reads_packs) return GIT_ENOTFOUND;
  git_odb_backend *pack = pack_of(backend, id, &found);
  /* Before packs are known there is no other backend, and libgit2's own does not see the damaged file. */
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
    int status = load(backend, id, 0, &found);
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
  int status = load(backend, id, 1, &found);
  /* Of what is in a pack libgit2's own backend has the header, but knows of no other object in its place. */
  if (status == GIT_ENOTFOUND && (id == asked || !backend->reads_packs)) return status;
  if (status != 0) {
    if (pack_of(backend, id, &found) == NULL) return not_in_packs(backend, id, status);
    found.data = NULL;
  }
  forget(backend);
  backend->kept_id = *id;
  backend->kept = found;
  *size = found.size;
  *type = found.type;
  return 0;
}

/* Completes an abbreviated id of `length` digits: 0, GIT_EAMBIGUOUS, or GIT_ENOTFOUND. */
static int complete(loose_backend *backend, git_oid *found, const git_oid *id, size_t length) {
  char name[GIT_OID_HEXSZ + 1];
  int count = 0;
  if (length < 2) return GIT_ENOTFOUND;
  path_of(backend, id);
  char *digits = backend->path + backend->folder + 4;
  memcpy(name, digits - 3, 2);
  digits[-1] = 0; /* the folder alone */
  DIR *folder = opendir(backend->path);
  if (folder == NULL) return GIT_ENOTFOUND;
  for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
    if (strlen(entry->d_name) != GIT_OID_HEXSZ - 2 || memcmp(entry->d_name, digits, length - 2) != 0) continue;
    memcpy(name + 2, entry->d_name, GIT_OID_HEXSZ - 1);
    if (git_oid_fromstr(found, name) == 0) count++;
  }
  closedir(folder);
  return count == 1 ? 0 : count == 0 ? GIT_ENOTFOUND : GIT_EAMBIGUOUS;
}

/* The same among the packs, beside what was found before: each may know another object that begins so. */
static int complete_packed(
    loose_backend *backend, git_oid *found, const git_oid *id, size_t length, int known) {
  if (!backend->reads_packs) return known;
  for (size_t index = 0; index < backend->pack_count; index++) {
    git_odb_backend *pack = backend->packs[index];
    git_oid other;
    int status = pack->exists_prefix(&other, pack, id, length);
    if (status == GIT_ENOTFOUND) continue;
    if (status != 0 || (known == 0 && memcmp(found, &other, sizeof other) != 0)) return status != 0 ? status : GIT_EAMBIGUOUS;
    *found = other;
    known = 0;
  }
  return known;
}

static int read_prefix(
    git_oid *full, void **data, size_t *size, git_object_t *type, git_odb_backend *parent, const git_oid *id,
    size_t length) {
  loose_backend *backend = (loose_backend *)parent;
  if (length >= GIT_OID_HEXSZ) {
    *full = *id;
    return read_object(data, size, type, parent, full);
  }
  int status = complete(backend, full, id, length);
  if (status == 0 || status == GIT_ENOTFOUND) status = complete_packed(backend, full, id, length, status);
  if (status != 0) return status;
  return read_object(data, size, type, parent, full);
}

static int exists(git_odb_backend *parent, const git_oid *id) {
  return access(path_of((loose_backend *)parent, id), F_OK) == 0;
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
  /* libgit2's own backends have the priorities 1 and 2; a higher one is asked before. */
  int status = git_odb_add_backend(database, &backend->parent, 3);
  if (status < 0) release(&backend->parent);
  return status;
}

/* Of libgit2's own backends, that of packs alone can be refreshed. */
static int is_pack(const git_odb_backend *backend) {
  return backend->refresh != NULL && backend->read != read_object && backend->read != NULL && backend->read_header != NULL
      && backend->exists_prefix != NULL;
}

int tinyforge_git_know_packs(git_odb *database) {
  size_t count = git_odb_num_backends(database), pack_count = 0;
  git_odb_backend **all = calloc(2 * count + 1, sizeof *all), **packs = all + count;
  pack_reader *read_pack = NULL;
  int has_reader = 0, status = all == NULL ? GIT_ERROR : 0;
  for (size_t index = 0; status == 0 && index < count; index++) {
    status = git_odb_get_backend(&all[index], database, index);
    if (status != 0 || all[index]->read == read_object) continue;
    if (is_pack(all[index])) {
      packs[pack_count++] = all[index];
      read_pack = all[index]->read;
    }
    /* Nothing is read past this backend, which checks what it hands on. */
    all[index]->read = NULL;
    all[index]->read_prefix = NULL;
  }
  for (size_t index = 0; status == 0 && index < count; index++) {
    if (all[index]->read != read_object) continue;
    loose_backend *backend = (loose_backend *)all[index];
    git_odb_backend **known = calloc(pack_count + 1, sizeof *known);
    if (known == NULL) {
      status = GIT_ERROR;
      break;
    }
    memcpy(known, packs, pack_count * sizeof *known);
    free(backend->packs);
    backend->packs = known;
    backend->pack_count = pack_count;
    backend->read_pack = read_pack;
    backend->reads_packs = !has_reader;
    has_reader = 1;
  }
  free(all);
  return status;
}
