/* Objects in packs, which libgit2's own backends read for ours. */
#include "backend.h"
#include <CLooseObjects.h>
#include <stdlib.h>
#include <string.h>

git_odb_backend *tinyforge_git_pack_of(loose_backend *backend, const git_oid *id, object *found) {
  for (size_t index = 0; index < backend->pack_count; index++) {
    git_odb_backend *pack = backend->packs[index];
    if (pack->read_header(&found->size, &found->type, pack, id) == 0) return pack;
  }
  return NULL;
}

int tinyforge_git_complete_packed(
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

int tinyforge_git_add_packs(git_odb *database, const char *folder) {
  git_odb_backend *packs = NULL;
  int status = git_odb_backend_pack(&packs, folder);
  if (status == 0) status = git_odb_add_backend(database, packs, 1);
  if (status < 0 && packs != NULL) packs->free(packs);
  return status;
}

int tinyforge_git_know_packs(git_odb *database) {
  size_t count = git_odb_num_backends(database), pack_count = 0;
  git_odb_backend **all = calloc(2 * count + 1, sizeof *all), **packs = all + count;
  pack_reader *read_pack = NULL;
  int has_reader = 0, status = all == NULL ? GIT_ERROR : 0;
  for (size_t index = 0; status == 0 && index < count; index++) {
    status = git_odb_get_backend(&all[index], database, index);
    if (status != 0 || tinyforge_git_is_own(all[index])) continue;
    packs[pack_count++] = all[index];
    read_pack = all[index]->read;
    /* Nothing is read past this backend, which checks what it hands on. */
    all[index]->read = NULL;
    all[index]->read_prefix = NULL;
  }
  for (size_t index = 0; status == 0 && index < count; index++) {
    if (!tinyforge_git_is_own(all[index])) continue;
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
