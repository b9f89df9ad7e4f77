const LOWEST = [20, 19];

/** What is wrong with this Node version and what to do, or null when it will do. */
export function nodeVersionProblem(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > LOWEST[0] || (major === LOWEST[0] && minor >= LOWEST[1])) return null;
  return `Node ${version} is too old: this needs Node ${LOWEST.join('.')} or newer (https://nodejs.org).`;
}

/** Ends the process with a clear message when Node is too old. */
export function requireNode() {
  const problem = nodeVersionProblem(process.versions.node);
  if (problem === null) return;
  console.error(problem);
  process.exit(1);
}
