import { exit, prompt, respond, say, type Scenario } from '../script.js';
import { bash, read, write } from '../tools.js';

const project = '/home/robin/code/juniper-shop';

/** `claude -p` on a small model: nobody sits at the prompt, and it is over in a minute. */
export const releaseNotes: Scenario = {
  name: 'release-notes',
  title: 'Write the release notes of this week',
  project,
  branch: 'main',
  model: 'claude-haiku-5-5',
  cache: '5m',
  entrypoint: 'sdk-cli',
  permissionMode: 'acceptEdits',
  steps: [
    prompt('Write the release notes of this week into CHANGELOG.md from the merged commits.'),
    respond(
      bash(
        'git log --since="7 days ago" --oneline main',
        '8c1f2ab Pay with a gift card at checkout\n51d0c9e Charge an order once\nb7730fe Load product pictures later\na4410d2 Sort sizes by number',
        1,
      ),
      read(`${project}/CHANGELOG.md`, 210),
    ),
    respond(
      bash(
        'git show --stat b7730fe a4410d2',
        ' src/product/picture.tsx | 22 ++++--\n src/product/sizes.ts   |  9 ++-',
        1,
      ),
    ),
    respond(
      write(
        `${project}/CHANGELOG-week.md`,
        '## This week\n\n- Gift cards can be used at checkout.\n- Orders are charged once, also after a timeout.\n- Product pictures load later, pages are faster.\n- Sizes are sorted by number.\n',
      ),
    ),
    respond(say('The release notes have four entries.')),
    exit(),
  ],
};
