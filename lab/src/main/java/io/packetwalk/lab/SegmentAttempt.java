package io.packetwalk.lab;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Which attempt to open a connection a segment belongs to, told by the timestamps in it (RFC 7323):
 * what is sent again has a later one, and an answer repeats the one that it answers.
 *
 * @param request the timestamp of the connection's first segment
 * @param answer that of the second segment; empty in the first
 */
record SegmentAttempt(long request, OptionalLong answer) {
  private static final int DATA_OFFSET = 12;
  private static final int OPTIONS = 20;
  private static final int END = 0;
  private static final int PADDING = 1;
  private static final int TIMESTAMPS = 8;
  private static final int LENGTH = 10;

  /**
   * That of a segment.
   *
   * @param at where its header begins in the frame
   * @param answers whether it is the second segment of the connection
   */
  static Optional<SegmentAttempt> of(byte[] frame, int at, boolean answers) {
    int end = Math.min(frame.length, at + ((frame[at + DATA_OFFSET] >> 4) & 15) * Integer.BYTES);
    int option = at + OPTIONS;
    while (option + 1 < end && frame[option] != END) {
      int length = frame[option] == PADDING ? 1 : Math.max(2, frame[option + 1] & 0xff);
      if (frame[option] == TIMESTAMPS && length == LENGTH && option + LENGTH <= end) {
        long value = number(frame, option + 2);
        long echo = number(frame, option + 2 + Integer.BYTES);
        return Optional.of(
            answers
                ? new SegmentAttempt(echo, OptionalLong.of(value))
                : new SegmentAttempt(value, OptionalLong.empty()));
      }
      option += length;
    }
    return Optional.empty();
  }

  private static long number(byte[] frame, int at) {
    long number = 0;
    for (int index = 0; index < Integer.BYTES; index++) {
      number = (number << 8) | (frame[at + index] & 0xff);
    }
    return number;
  }

  /** Of frames in the order of time, those of the first attempt and of its first answer. */
  static <T> List<T> first(List<T> frames, Function<T, Optional<SegmentAttempt>> attempt) {
    Optional<SegmentAttempt> request =
        frames.stream()
            .flatMap(frame -> attempt.apply(frame).stream())
            .filter(one -> one.answer().isEmpty())
            .findFirst();
    Optional<SegmentAttempt> answer =
        frames.stream()
            .flatMap(frame -> attempt.apply(frame).stream())
            .filter(one -> one.answer().isPresent())
            .filter(one -> request.isEmpty() || one.request() == request.get().request())
            .findFirst();
    return frames.stream()
        .filter(frame ->
            attempt
                .apply(frame)
                .map(one -> (one.answer().isPresent() ? answer : request).equals(Optional.of(one)))
                .orElse(true))
        .toList();
  }
}
