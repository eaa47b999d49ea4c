/* What C libyaml makes of the first document of each file whose path is on standard input, one line for each.

   libyaml-verdict        "ok", "empty" or "error"
   libyaml-verdict tree   the nodes in the order in which they start, each as `(kind depth typed anchor tag value)`, the
                          last three in base64; "error" also for an alias of no anchor, which is found by what is built
                          on libyaml

   A measure of how far it differs from the server's reader; see docs/design.md. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

static char tree[1 << 22];
static size_t tree_length;
static char *anchors[1 << 16];
static size_t anchor_count;

static void put(const char *text) {
  size_t length = strlen(text);
  if (tree_length + length >= sizeof tree) abort();
  memcpy(tree + tree_length, text, length + 1);
  tree_length += length;
}

static void put_base64(const unsigned char *bytes, size_t count) {
  static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  for (size_t start = 0; start < count; start += 3) {
    unsigned bits = 0;
    char quantum[5] = "====";
    for (size_t offset = 0; offset < 3; offset++)
      bits = bits << 8 | (start + offset < count ? bytes[start + offset] : 0);
    for (size_t place = 0; place < 4 && (place < 2 || start + place - 1 < count); place++)
      quantum[place] = alphabet[bits >> (18 - 6 * place) & 63];
    put(quantum);
  }
}

/* Notes an anchor, or looks one up; 0 where an alias names none. */
static int resolve(int is_alias, const char *anchor) {
  if (anchor == NULL) return 1;
  if (!is_alias) {
    if (anchor_count == sizeof anchors / sizeof *anchors) abort();
    anchors[anchor_count++] = strdup(anchor);
    return 1;
  }
  for (size_t index = 0; index < anchor_count; index++)
    if (strcmp(anchors[index], anchor) == 0) return 1;
  return 0;
}

static int put_node(
    const char *kind, int depth, int typed, const unsigned char *anchor, const unsigned char *tag,
    const unsigned char *value, size_t length) {
  static const char prefix[] = "tag:yaml.org,2002:";
  char numbers[32], shorter[1 << 16] = "";
  if (tag != NULL && strcmp((const char *)tag, "!") != 0) {
    int is_long = strncmp((const char *)tag, prefix, strlen(prefix)) == 0;
    snprintf(shorter, sizeof shorter, "%s%s", is_long ? "!!" : "", (const char *)tag + (is_long ? strlen(prefix) : 0));
  }
  put("(");
  put(kind);
  snprintf(numbers, sizeof numbers, " %d %d ", depth, typed != 0);
  put(numbers);
  if (anchor != NULL) put_base64(anchor, strlen((const char *)anchor));
  put(" ");
  put_base64((const unsigned char *)shorter, strlen(shorter));
  put(" ");
  if (value != NULL) put_base64(value, length);
  put(")");
  return resolve(strcmp(kind, "alias") == 0, (const char *)anchor);
}

/* Adds an event to the tree; 0 where it is an alias of no anchor. */
static int add(const yaml_event_t *event, int *depth) {
  switch (event->type) {
    case YAML_ALIAS_EVENT: return put_node("alias", *depth, 0, event->data.alias.anchor, NULL, NULL, 0);
    case YAML_SCALAR_EVENT:
      return put_node(
          "scalar", *depth, event->data.scalar.plain_implicit, event->data.scalar.anchor, event->data.scalar.tag,
          event->data.scalar.value, event->data.scalar.length);
    case YAML_SEQUENCE_START_EVENT:
      return put_node(
          "sequence", (*depth)++, 0, event->data.sequence_start.anchor, event->data.sequence_start.tag, NULL, 0);
    case YAML_MAPPING_START_EVENT:
      return put_node(
          "mapping", (*depth)++, 0, event->data.mapping_start.anchor, event->data.mapping_start.tag, NULL, 0);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT: (*depth)--; return 1;
    default: return 1;
  }
}

static const char *verdict(FILE *file, int as_tree) {
  yaml_parser_t parser;
  yaml_event_t event;
  const char *answer = NULL;
  int depth = 0;
  tree_length = 0;
  while (anchor_count > 0) free(anchors[--anchor_count]);
  if (!yaml_parser_initialize(&parser)) return "error";
  yaml_parser_set_input_file(&parser, file);
  while (answer == NULL) {
    if (!yaml_parser_parse(&parser, &event)) {
      answer = "error";
      break;
    }
    if (as_tree && !add(&event, &depth)) answer = "error";
    if (answer == NULL && event.type == YAML_DOCUMENT_END_EVENT) answer = as_tree ? tree : "ok";
    if (event.type == YAML_STREAM_END_EVENT) answer = "empty";
    yaml_event_delete(&event);
  }
  yaml_parser_delete(&parser);
  return answer;
}

int main(int argc, char **argv) {
  int as_tree = argc == 2 && strcmp(argv[1], "tree") == 0;
  char path[4096];
  while (fgets(path, sizeof path, stdin) != NULL) {
    path[strcspn(path, "\n")] = 0;
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
      perror(path);
      return 1;
    }
    puts(verdict(file, as_tree));
    fclose(file);
  }
  return 0;
}
