/* Objects in files of their own.

   libgit2 1.5.1 never returns from reading such a file that breaks off: its inflating loop waits for
   output that does not come. So they are read here, and damage is reported. */
#include "backend.h"
#include "size_limit.h"
#include <CLooseObjects.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Nearly every object's file is smaller than this, and read by one call. */
#define SMALL 16384
/* Nearly every object fits into this, and is inflated by one call, for which zlib needs no window of its own.
   Its header (`commit`, a space, twenty digits and a NUL) always does. */
#define FIRST 4096
/* No byte of a zlib stream yields more; source: zlib.net, zlib_tech. */
#define EXPANSION 1032

const char *tinyforge_git_loose_path(loose_backend *backend, const git_oid *id) {
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

int tinyforge_git_load_loose(loose_backend *backend, const git_oid *id, int header_only, object *found) {
  char bytes[SMALL];
  memset(found, 0, sizeof *found);
  int file = open(tinyforge_git_loose_path(backend, id), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file < 0) return errno == EACCES ? TINYFORGE_UNREADABLE : GIT_ENOTFOUND;
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

int tinyforge_git_complete_loose(loose_backend *backend, git_oid *found, const git_oid *id, size_t length) {
  char name[GIT_OID_HEXSZ + 1];
  int count = 0;
  if (length < 2) return GIT_ENOTFOUND;
  tinyforge_git_loose_path(backend, id);
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
