#ifndef TINYFORGE_CZLIB_SHIM_H
#define TINYFORGE_CZLIB_SHIM_H

#include <string.h>
#include <zlib.h>

/* How many bytes one whole zlib stream holds; -1: it breaks off or is damaged, or there is no memory.
   inflateInit is a macro, which Swift cannot call. */
static inline long long tinyforge_zlib_size(const unsigned char *bytes, unsigned int count) {
  unsigned char out[16384];
  z_stream stream;
  long long size = 0;
  int status;
  memset(&stream, 0, sizeof stream);
  if (inflateInit(&stream) != Z_OK) return -1;
  stream.next_in = (unsigned char *)bytes;
  stream.avail_in = count;
  do {
    stream.next_out = out;
    stream.avail_out = sizeof out;
    status = inflate(&stream, Z_NO_FLUSH);
    size += (long long)(sizeof out - stream.avail_out);
  } while (status == Z_OK && (stream.avail_in > 0 || stream.avail_out == 0));
  inflateEnd(&stream);
  return status == Z_STREAM_END ? size : -1;
}

#endif
