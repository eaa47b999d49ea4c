#ifndef TINYFORGE_CZLIB_SHIM_H
#define TINYFORGE_CZLIB_SHIM_H

#include <string.h>
#include <zlib.h>

/* 1: the bytes are one whole zlib stream; 0: they break off or are damaged; -1: no memory.
   inflateInit is a macro, which Swift cannot call. */
static inline int tinyforge_zlib_is_whole(const unsigned char *bytes, unsigned int count) {
  unsigned char out[16384];
  z_stream stream;
  int status;
  memset(&stream, 0, sizeof stream);
  if (inflateInit(&stream) != Z_OK) return -1;
  stream.next_in = (unsigned char *)bytes;
  stream.avail_in = count;
  do {
    stream.next_out = out;
    stream.avail_out = sizeof out;
    status = inflate(&stream, Z_NO_FLUSH);
  } while (status == Z_OK && (stream.avail_in > 0 || stream.avail_out == 0));
  inflateEnd(&stream);
  return status == Z_STREAM_END;
}

#endif
