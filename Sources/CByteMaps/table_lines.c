#include "CByteMaps.h"
#include "blocks_16.h"

// What may keep cells apart, in the order in which they are taken, and how many of it a line must have. A comma without a blank
// behind it counts for itself: prose has few.
enum { TAB, BAR, SEMICOLON, COMMA, TIGHT, KINDS };
static const uint8_t bytes[KINDS] = {'\t', '|', ';', ',', ','};
static const unsigned least[KINDS] = {1, 1, 1, 2, 1};

// Whether a line is drawn: "----+----", "+---+".
static bool is_rule(const uint8_t *text, size_t start, size_t end) {
  while (start < end && text[start] <= 32) start++;
  return start + 2 < end && (text[start] == '-' || text[start] == '+') && (text[start + 1] == '-' || text[start + 1] == '+');
}

typedef struct {
  unsigned counts[KINDS];
  size_t start;
} table_line;

static int first_kind(const uint8_t *text, const table_line *before, const table_line *line, size_t end) {
  for (int kind = 0; kind < KINDS; kind++) {
    if (before->counts[kind] < least[kind]) continue;
    if (line->counts[kind] >= before->counts[kind]) return kind;
    if (kind == BAR && is_rule(text, line->start, end)) return kind;
  }
  return -1;
}

int chatscrub_next_table(const uint8_t *text, size_t count, size_t *position, chatscrub_table *table) {
  table_line before, line;
  memset(&before, 0, sizeof before);
  memset(&line, 0, sizeof line);
  line.start = *position;
  int kind = -1;
  unsigned base = 0;
  for (size_t block = *position; block < count; block += 64) {
    size_t left = count - block;
    lanes a[4];
    load_block(a, text, count, block);
    uint64_t ends = equal(a, '\n');
    uint64_t blanks = equal(a, ' ') >> 1 | (uint64_t)(left > 64 && text[block + 64] == ' ') << 63;
    uint64_t found[KINDS] = {equal(a, '\t'), equal(a, '|'), equal(a, ';'), equal(a, ','), 0};
    found[TIGHT] = found[COMMA] & ~blanks;
    // The end of the text ends a line; in a full block the bit of its last byte has to do.
    bool is_open = left <= 64 && text[count - 1] != '\n';
    if (is_open) ends |= (uint64_t)1 << (left < 64 ? left : 63);
    uint64_t from = ~(uint64_t)0;
    while (ends != 0) {
      int stop = __builtin_ctzll(ends);
      ends &= ends - 1;
      uint64_t upto = stop == 63 ? ~(uint64_t)0 : ((uint64_t)2 << stop) - 1;
      for (int i = 0; i < KINDS; i++) line.counts[i] += (unsigned)__builtin_popcountll(found[i] & from & upto);
      from = ~upto;
      size_t end = is_open && ends == 0 ? count : block + (size_t)stop;
      if (kind >= 0) {
        if (line.counts[kind] < base && !(kind == BAR && is_rule(text, line.start, end))) {
          *position = line.start;
          return 1;
        }
        table->end = end;
      } else {
        kind = first_kind(text, &before, &line, end);
        if (kind >= 0) {
          base = before.counts[kind];
          table->start = before.start;
          table->end = end;
          table->separator = bytes[kind];
        }
      }
      before = line;
      memset(&line, 0, sizeof line);
      line.start = end + 1;
    }
    for (int i = 0; i < KINDS; i++) line.counts[i] += (unsigned)__builtin_popcountll(found[i] & from);
  }
  *position = count;
  return kind >= 0;
}
