#ifndef CHATSCRUB_CBYTEMAPS_H
#define CHATSCRUB_CBYTEMAPS_H
// The SIMD classifier. It is in C because the Swift 6.3 optimiser turns comparisons of SIMD64<UInt8> into
// calls for every lane: the whole command ran at 3.6 MB/s with it and at 20 MB/s with this, all else equal.
#include <stddef.h>
#include <stdint.h>

// Writes where the bytes of each class stand among each 64 bytes of a text, as eight words a block, in this order; bit i
// is byte i:
//   letter  A-Z, a-z
//   upper   A-Z
//   digit   0-9
//   word    letter, digit, _ and every byte from 0x80
//   high    0x80 and above
//   lead    0xC0 and above: where a character that is not ASCII begins
//   cased   the lead bytes of characters that may be capitals
//   mark    any of the bytes asked for
// There are (count + 63) / 64 blocks and one more, which is empty, so that a reader may look one block ahead. Bits behind
// the end are 0. Returns nonzero when a byte is 0x80 or above.
int chatscrub_byte_maps(const uint8_t *text, size_t count, const uint8_t *marks, size_t marks_count,
                        uint64_t *blocks);

// The same by the code for machines without wider registers, for tests.
int chatscrub_byte_maps_16(const uint8_t *text, size_t count, const uint8_t *marks, size_t marks_count,
                           uint64_t *blocks);

// The offset of the first quote, backslash or byte below 0x20 from `position` on, or `count`. Sets *is_high when a byte that
// was passed over is 0x80 or above.
size_t chatscrub_string_stop(const uint8_t *text, size_t position, size_t count, int *is_high);
size_t chatscrub_string_stop_16(const uint8_t *text, size_t position, size_t count, int *is_high);

// What stands in a part of a line: words, those of them that begin with a small letter or with what could be no capital, and
// signs that prose has not, but for those of placeholders ("[PERSON_1]").
typedef struct {
  unsigned words, small, signs;
} chatscrub_counts;

// Counts in the bytes from `start` to `end` of a text of `count` bytes; a part begins a word.
void chatscrub_line_counts(const uint8_t *text, size_t count, size_t start, size_t end, chatscrub_counts *counts);

// Lines below each other that may be the rows of a table: each has as many of a separator as the first, or more.
typedef struct {
  // From the first of its lines to the end of the last.
  size_t start, end;
  // Tab, bar, semicolon or comma.
  uint8_t separator;
} chatscrub_table;

// Finds the next lines of a kind from `*position` on, where a line begins, and moves it behind them. Returns 0 when there are no
// more. Lines that are drawn among others of bars go on with them.
int chatscrub_next_table(const uint8_t *text, size_t count, size_t *position, chatscrub_table *table);

// Writes where `=`, `:` and `</` stand from `*position` on, but for `:/`, and moves it behind what was looked at: to the end, or
// until there is no room for 64 more. Returns how many there are.
size_t chatscrub_field_marks(const uint8_t *text, size_t count, size_t *position, size_t *marks, size_t marks_max);

// Asks for the memory of an element of a table.
static inline void chatscrub_prefetch(const uint64_t *table, size_t index) { __builtin_prefetch(table + index); }

// The same for an address.
static inline void chatscrub_prefetch_byte(const uint8_t *address) { __builtin_prefetch(address); }

// The search for many short strings. It is in C because it is all look-ups without bounds and without branches, two
// instructions a byte fewer than what the Swift optimiser makes of them. Gathers (AVX2, AVX-512) were three times slower.

// What stands around the four bytes by which strings are looked for, for all of them that share a place. Bit 5 of each byte
// is set, which takes letters' cases together. A set of bytes is one bit for each value of their lowest five bits.
typedef struct {
  // The first three bytes, the first one lowest, and the bits in which all strings of the place have the same.
  uint32_t value, agree;
  // What the fourth byte can be, the one behind it, and the one before the first.
  uint32_t fourth, fifth, previous;
} chatscrub_window;

// Where a window of a place may stand.
typedef struct {
  size_t position;
  uint32_t window;
} chatscrub_candidate;

// The place of a window among 2^bits, by its first three bytes with bit 5 set.
uint32_t chatscrub_window_place(uint32_t key, uint32_t bits);

// A hash of six bytes with bit 5 set, for strings that have as many from there on (three bytes are a letter and a half of
// Cyrillic). Its highest CHATSCRUB_LONG_BITS bits are a place, the sixteen behind them tell strings of a place apart; lower
// ones say nothing of the last bytes.
uint64_t chatscrub_long_window_hash(uint64_t key);

// Indices into `table` have this many bits: 32 KiB of it, which stay in the first-level cache with half of `shorts`, 16 KiB, and
// of `long_bits`, 16 KiB.
#define CHATSCRUB_TABLE_BITS 13
#define CHATSCRUB_SHORT_BITS 12
#define CHATSCRUB_LONG_BLOOM_BITS 17
// Indices into `numbers` and `longs` have this many.
#define CHATSCRUB_NUMBER_BITS 14
#define CHATSCRUB_LONG_BITS 15
// How many candidates there must be room for.
#define CHATSCRUB_CANDIDATES_MAX 1024

// Appends where windows may stand in a text from `*position` on, and moves it behind what was looked at: until there is a
// candidate, or to the end. Windows that reach over the end are given as if zeros stood there. Returns the number of
// candidates. Each table is asked about what the one before let through:
//   table      for each place by three bytes, which fourth bytes there are at all
//   shorts     the same for windows that are found by three bytes
//   long_bits  one bit for each value of the highest bits of the hash by which all others are found
//   numbers    which of `windows` each place has by three bytes
//   windows    what stands there; the first one is that of places without any and lets nothing in
//   longs      for each place by the hash, the number of its window in the lower half, and in the upper one what tells it from
//              others, which is odd, or 0
// What candidates are compared with is asked for ahead: behind `members`, `member_bytes` for each, from the index on that
// `member_starts` has for the window.
size_t chatscrub_find_windows(const uint8_t *text, size_t count, size_t *position, const uint32_t *table,
                              const uint32_t *shorts, const uint32_t *long_bits, const uint16_t *numbers,
                              const chatscrub_window *windows, const uint32_t *longs, const uint32_t *member_starts,
                              const void *members, size_t member_bytes, chatscrub_candidate *candidates);
#endif
