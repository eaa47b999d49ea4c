#ifndef TINYFORGE_LAZYYAML_H
#define TINYFORGE_LAZYYAML_H

#include <stddef.h>

/* 1 where libyaml could be loaded, 0 where not; the first call loads it. tinyforge_yaml_read may be called only
   after this has returned 1. */
int tinyforge_yaml_is_loaded(void);

enum tinyforge_yaml_kind {
  TINYFORGE_YAML_ALIAS,
  TINYFORGE_YAML_SCALAR,
  TINYFORGE_YAML_SEQUENCE,
  TINYFORGE_YAML_MAPPING
};

/* A node, as libyaml reads it. The texts are NULL where there are none, and gone after the call that shows them. */
typedef struct {
  int kind;
  int depth;           /* 0 for the outermost */
  int is_typed;        /* a scalar whose text decides whether it is a number */
  const char *anchor;  /* of an alias: the anchor that it names */
  const char *tag;
  const unsigned char *value;
  size_t length;
  size_t start, end;   /* in characters from the start of the text */
} tinyforge_yaml_node;

/* Why libyaml refuses a text. */
typedef struct {
  const char *problem; /* NULL: memory ran out */
  const char *context; /* while doing what; NULL where that is not said */
  size_t place;        /* in characters, or in bytes where the bytes are not text */
  int is_in_bytes;
} tinyforge_yaml_problem;

enum tinyforge_yaml_verdict { TINYFORGE_YAML_READ, TINYFORGE_YAML_EMPTY, TINYFORGE_YAML_REFUSED };

/* Reads the first document, and shows each node in the order in which they start. */
int tinyforge_yaml_read(
    const unsigned char *bytes, size_t count, void (*show)(const tinyforge_yaml_node *node, void *context),
    void *context, tinyforge_yaml_problem *problem);

#endif
