import fs from 'node:fs';

/**
 * A vitest reporter that writes `{passed, failed, skipped}` over all suites to the file named by
 * `TEST_COUNTS_FILE`. A file that can't be loaded, a hook that fails and an error outside any test
 * each count as one failure.
 */
export default class CountReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const counts = { passed: 0, failed: unhandledErrors.length, skipped: 0 };
    for (const module of modules) {
      counts.failed += module.errors().length;
      for (const suite of module.children.allSuites()) counts.failed += suite.errors().length;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        counts[state === 'pending' ? 'skipped' : state] += 1;
      }
    }
    const file = process.env.TEST_COUNTS_FILE;
    if (file) fs.writeFileSync(file, JSON.stringify(counts));
  }
}

/** The last line of `npm test`; counts of null mean that vitest ended without having counted. */
export function countLine(counts, exitCode) {
  const { passed, failed, skipped } = counts ?? { passed: 0, failed: 1, skipped: 0 };
  // Whatever made vitest fail, a line that says `0 failed` must mean that all is well.
  const shown = exitCode !== 0 && failed === 0 ? 1 : failed;
  return `${passed} passed, ${shown} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
