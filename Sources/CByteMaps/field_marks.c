#include "CByteMaps.h"
#include "blocks_16.h"

size_t chatscrub_field_marks(const uint8_t *text, size_t count, size_t *position, size_t *marks, size_t marks_max) {
  size_t found = 0;
  size_t block = *position;
  for (; block < count && found + 64 <= marks_max; block += 64) {
    size_t left = count - block;
    lanes a[4];
    load_block(a, text, count, block);
    uint64_t mark = equal(a, '='), colon = equal(a, ':'), open = equal(a, '<');
    if ((mark | colon | open) == 0) continue;
    uint8_t next = left > 64 ? text[block + 64] : 0;
    uint64_t slashed = equal(a, '/') >> 1 | (uint64_t)(next == '/') << 63;
    mark = mark | (colon & ~slashed) | (open & slashed);
    while (mark != 0) {
      marks[found++] = block + (size_t)__builtin_ctzll(mark);
      mark &= mark - 1;
    }
  }
  *position = block < count ? block : count;
  return found;
}
