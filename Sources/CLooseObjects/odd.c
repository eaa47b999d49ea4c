/* Commits and tags that git reads and libgit2 refuses.

   Git asks a commit for its tree and its parents, and a tag for its object and its name; who made it, and when, may be
   written in any way, or not at all. libgit2 1.5 wants all of it in order. So what is out of order is put in order
   before libgit2 sees it: names and dates as far as git itself reads them, else none and 1970. */
#include "checks.h"
#include <string.h>

#define ID 40

typedef struct {
  const char *at, *end;
} span;

static int starts_with(span text, const char *word) {
  size_t length = strlen(word);
  return (size_t)(text.end - text.at) >= length && memcmp(text.at, word, length) == 0;
}

/* The text up to a line break, which `rest` begins after. */
static span take_line(span *rest) {
  const char *end = memchr(rest->at, '\n', (size_t)(rest->end - rest->at));
  span line = {rest->at, end == NULL ? rest->end : end};
  rest->at = end == NULL ? rest->end : end + 1;
  return line;
}

/* Passes over a line of `word` and an id; 0 where there is none. */
static int take_id_line(span *rest, const char *word) {
  size_t start = strlen(word), length = start + ID;
  if (!starts_with(*rest, word) || (size_t)(rest->end - rest->at) <= length || rest->at[length] != '\n') return 0;
  for (size_t at = start; at < length; at++) {
    if (strchr("0123456789abcdefABCDEF", rest->at[at]) == NULL || rest->at[at] == 0) return 0;
  }
  rest->at += length + 1;
  return 1;
}

static int is_digit(char byte) { return byte >= '0' && byte <= '9'; }

static int is_space(char byte) { return byte == ' ' || byte == '\t' || byte == '\r'; }

static const char *find(const char *at, const char *end, char byte) {
  const char *found = at < end ? memchr(at, byte, (size_t)(end - at)) : NULL;
  return found == NULL ? end : found;
}

/* Whether a line is `WORD NAME <MAIL> SECONDS ZONE`, as git writes it. */
static int is_plain(span line, const char *word) {
  if (!starts_with(line, word)) return 0;
  const char *open = find(line.at, line.end, '<'), *close = find(line.at, line.end, '>');
  if (open == line.end || close < open || line.end - close < 9 || close[1] != ' ') return 0;
  const char *at = close + 2, *zone = line.end - 5;
  if (find(open + 1, line.end, '<') != line.end || zone[-1] != ' ' || (*zone != '+' && *zone != '-')) return 0;
  if (zone - 1 <= at || zone - 1 - at > 12) return 0;
  for (; at < zone - 1; at++) if (!is_digit(*at)) return 0;
  for (at = zone + 1; at < line.end; at++) if (!is_digit(*at)) return 0;
  return 1;
}

static void append(char **out, const char *at, const char *end) {
  if (at != end) memcpy(*out, at, (size_t)(end - at));
  *out += end - at;
}

static void append_text(char **out, const char *text) { append(out, text, text + strlen(text)); }

static span digits_at(const char *at, const char *end) {
  span digits = {at, at};
  while (digits.end < end && is_digit(*digits.end)) digits.end++;
  return digits;
}

/* Writes a person and a date in order, each as `split_ident_line` of git finds it. */
static void append_person(char **out, const char *word, span person) {
  const char *open = find(person.at, person.end, '<'), *name = open, *close = person.end;
  while (name > person.at && is_space(name[-1])) name--;
  while (close > open && close[-1] != '>') close--;
  if (close == open) close = person.end;
  while (close < person.end && is_space(*close)) close++;
  span seconds = digits_at(close, person.end), zone = {seconds.end, seconds.end};
  while (zone.at < person.end && is_space(*zone.at)) zone.at++;
  int has_zone = zone.at < person.end && (*zone.at == '+' || *zone.at == '-');
  if (has_zone) zone.end = digits_at(zone.at + 1, person.end).end;
  has_zone = has_zone && zone.end > zone.at + 1;
  append_text(out, word);
  if (open < person.end) append(out, person.at, name);
  append_text(out, " <> ");
  if (has_zone && seconds.end > seconds.at && seconds.end - seconds.at <= 12) append(out, seconds.at, seconds.end);
  else append_text(out, "0");
  append_text(out, " ");
  if (has_zone && zone.end - zone.at == 5) append(out, zone.at, zone.end);
  else append_text(out, "+0000");
  append_text(out, "\n");
}

/* What is put in order takes no more room than this, beside what it had. */
#define ROOM 128

/* Of a commit whose first line does not end where it should, git reads the tree's id all the same. */
static size_t order_tree_alone(span commit, char *out) {
  const span none = {0, 0};
  char *at = out;
  if (!starts_with(commit, "tree ") || commit.end - commit.at < 5 + ID) return 0;
  append(&at, commit.at, commit.at + 5 + ID);
  append_text(&at, "\n");
  append_person(&at, "author ", none);
  append_person(&at, "committer ", none);
  return (size_t)(at - out);
}

/* The commit in order; its length, or 0 where it is as libgit2 wants it, or is not one for git either. */
static size_t order_commit(span commit, char *out) {
  span rest = commit, author = {0, 0}, committer = {0, 0};
  if (!take_id_line(&rest, "tree ")) return order_tree_alone(commit, out);
  while (take_id_line(&rest, "parent ")) {}
  span people = rest;
  if (is_plain(take_line(&rest), "author ") && is_plain(take_line(&rest), "committer ") && rest.at[-1] == '\n') return 0;
  /* Of several lines the last counts; an empty one ends the header. */
  span headers = people, line;
  while (headers.at < headers.end && (line = take_line(&headers)).at < line.end) {
    span value = {find(line.at, line.end, ' ') + 1, line.end};
    if (starts_with(line, "author ")) author = value;
    if (starts_with(line, "committer ")) committer = value;
  }
  char *at = out;
  append(&at, commit.at, people.at);
  append_person(&at, "author ", author);
  append_person(&at, "committer ", committer);
  while (people.at < headers.at) {
    const char *start = people.at;
    line = take_line(&people);
    /* A parent that is left is malformed. */
    int is_placed = starts_with(line, "author ") || starts_with(line, "committer ") || starts_with(line, "parent ");
    if (!is_placed) append(&at, start, people.at);
  }
  append(&at, headers.at, headers.end);
  return (size_t)(at - out);
}

/* The same for a tag, of which nothing after its name is read here. */
static size_t order_tag(span tag, char *out) {
  span rest = tag;
  if (!take_id_line(&rest, "object ") || !starts_with(take_line(&rest), "type ")) return 0;
  if (!starts_with(take_line(&rest), "tag ") || rest.at[-1] != '\n') return 0;
  char *at = out;
  append(&at, tag.at, rest.at);
  append_text(&at, "\n");
  return (size_t)(at - out);
}

int tinyforge_git_put_in_order(git_odb_backend *backend, git_object_t type, void **data, size_t *size) {
  span object = {*data, (const char *)*data + *size};
  if (*size == 0 || (type != GIT_OBJECT_COMMIT && type != GIT_OBJECT_TAG)) return 0;
  char *out = git_odb_backend_data_alloc(backend, *size + 2 * ROOM);
  if (out == NULL) return GIT_ERROR;
  size_t length = type == GIT_OBJECT_COMMIT ? order_commit(object, out) : order_tag(object, out);
  if (length == 0) {
    git_odb_backend_data_free(backend, out);
    return 0;
  }
  out[length] = 0;
  git_odb_backend_data_free(backend, *data);
  *data = out;
  *size = length;
  return 0;
}
