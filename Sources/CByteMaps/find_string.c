#define _GNU_SOURCE
#include "CByteMaps.h"

#include <string.h>

size_t chatscrub_find_string(const uint8_t *text, size_t start, size_t count, const uint8_t *string, size_t string_count) {
  const uint8_t *hit = memmem(text + start, count - start, string, string_count);
  return hit ? (size_t)(hit - text) : count;
}
