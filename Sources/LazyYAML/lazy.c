/* libyaml's parser, which is loaded when the first spec is read with it. See LazyGit2. */
#include <LazyYAML.h>
#include <string.h>
#include <yaml.h>

#define LAZY_LIBRARY "libyaml-0.so.2"
#include "../CPosix/lazy.h"

int tinyforge_yaml_is_loaded(void) { return library() != NULL; }

LAZY(int, yaml_parser_initialize, (yaml_parser_t *a), (a))
LAZY(void, yaml_parser_delete, (yaml_parser_t *a), (a))
LAZY(void, yaml_parser_set_input_string, (yaml_parser_t *a, const unsigned char *b, size_t c), (a, b, c))
LAZY(int, yaml_parser_parse, (yaml_parser_t *a, yaml_event_t *b), (a, b))
LAZY(void, yaml_event_delete, (yaml_event_t *a), (a))

/* Fills in a node that an event starts; 0 where the event starts none. */
static int starts_node(const yaml_event_t *event, tinyforge_yaml_node *node) {
  memset(node, 0, sizeof *node);
  switch (event->type) {
    case YAML_ALIAS_EVENT:
      node->kind = TINYFORGE_YAML_ALIAS;
      node->anchor = (const char *)event->data.alias.anchor;
      break;
    case YAML_SCALAR_EVENT:
      node->kind = TINYFORGE_YAML_SCALAR;
      node->anchor = (const char *)event->data.scalar.anchor;
      node->tag = (const char *)event->data.scalar.tag;
      node->value = event->data.scalar.value;
      node->length = event->data.scalar.length;
      node->is_typed = event->data.scalar.plain_implicit;
      break;
    case YAML_SEQUENCE_START_EVENT:
      node->kind = TINYFORGE_YAML_SEQUENCE;
      node->anchor = (const char *)event->data.sequence_start.anchor;
      node->tag = (const char *)event->data.sequence_start.tag;
      break;
    case YAML_MAPPING_START_EVENT:
      node->kind = TINYFORGE_YAML_MAPPING;
      node->anchor = (const char *)event->data.mapping_start.anchor;
      node->tag = (const char *)event->data.mapping_start.tag;
      break;
    default: return 0;
  }
  node->start = event->start_mark.index;
  node->end = event->end_mark.index;
  return 1;
}

/* How much deeper than a node the next one is. */
static int step_after(yaml_event_type_t type) {
  if (type == YAML_SEQUENCE_START_EVENT || type == YAML_MAPPING_START_EVENT) return 1;
  return type == YAML_SEQUENCE_END_EVENT || type == YAML_MAPPING_END_EVENT ? -1 : 0;
}

static void describe(const yaml_parser_t *parser, tinyforge_yaml_problem *problem) {
  memset(problem, 0, sizeof *problem);
  if (parser->error == YAML_MEMORY_ERROR) return;
  problem->problem = parser->problem;
  problem->context = parser->context;
  problem->is_in_bytes = parser->error == YAML_READER_ERROR;
  problem->place = problem->is_in_bytes ? parser->problem_offset : parser->problem_mark.index;
}

int tinyforge_yaml_read(
    const unsigned char *bytes, size_t count, void (*show)(const tinyforge_yaml_node *node, void *context),
    void *context, tinyforge_yaml_problem *problem) {
  yaml_parser_t parser;
  yaml_event_t event;
  tinyforge_yaml_node node;
  int depth = 0, verdict = -1;
  memset(problem, 0, sizeof *problem);
  if (!yaml_parser_initialize(&parser)) return TINYFORGE_YAML_REFUSED;
  yaml_parser_set_input_string(&parser, bytes, count);
  while (verdict < 0) {
    if (!yaml_parser_parse(&parser, &event)) {
      describe(&parser, problem);
      verdict = TINYFORGE_YAML_REFUSED;
      break;
    }
    if (starts_node(&event, &node)) {
      node.depth = depth;
      show(&node, context);
    }
    depth += step_after(event.type);
    if (event.type == YAML_DOCUMENT_END_EVENT) verdict = TINYFORGE_YAML_READ;
    if (event.type == YAML_STREAM_END_EVENT) verdict = TINYFORGE_YAML_EMPTY;
    yaml_event_delete(&event);
  }
  yaml_parser_delete(&parser);
  return verdict;
}
