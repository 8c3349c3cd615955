package io.packetwalk.report.walk;

/** The style sheet of a walk's page, by day and by night. */
final class WalkStyle {
  static final String SHEET =
      """
      :root {
        color-scheme: light dark;
        --ground: #ffffff; --text: #1b1f24; --faint: #7a828c; --name: #0b6b7d; --line: #d8dde3;
        --good: #1a7f37; --bad: #c1282d; --doubtful: #9a6700;
      }
      @media (prefers-color-scheme: dark) {
        :root {
          --ground: #15181c; --text: #dde3ea; --faint: #8b949e; --name: #56c2d6; --line: #343a42;
          --good: #4fbf67; --bad: #f4686c; --doubtful: #d8a836;
        }
      }
      body { margin: 1.5rem auto; max-width: 76rem; padding: 0 1rem; background: var(--ground); color: var(--text); }
      body, pre, summary { font: 13px/1.25 ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace; }
      header { border-bottom: 1px solid var(--line); margin-bottom: 1rem; }
      pre { margin: 0.4rem 0 0.8rem; overflow-x: auto; }
      details { margin: 0.3rem 0 0.3rem 0.2rem; padding-left: 0.8rem; border-left: 1px solid var(--line); }
      summary { cursor: pointer; padding: 0.2rem 0; }
      .strong, .good, .bad, .doubtful { font-weight: bold; }
      .faint, .quote { color: var(--faint); }
      .quote { font-style: italic; }
      .name { color: var(--name); }
      .good, .added { color: var(--good); }
      .bad, .removed { color: var(--bad); }
      .doubtful, .changed { color: var(--doubtful); }
      """;

  private WalkStyle() {}
}
