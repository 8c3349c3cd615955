package io.packetwalk.cli;

/**
 * What a command tells the shell. The numbers from 64 on are those of {@code sysexits.h}; the lower
 * ones are verdicts.
 */
public enum ExitStatus {
  DELIVERED(0),
  NOT_DELIVERED(1),
  UNDETERMINED(2),
  USAGE(64),
  UNREADABLE_INPUT(65),
  DEFECT(70),
  INPUT_OUTPUT(74);

  private final int code;

  ExitStatus(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }
}
