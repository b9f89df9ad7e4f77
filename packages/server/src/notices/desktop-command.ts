/** A system's own program that shows a notification: arguments, never a shell. */
export type DesktopCommand = {
  program: string;
  args: string[];
  /** Texts that must not stand in a script are handed over in its environment. */
  env: Record<string, string>;
};

const APP = 'Claude Code Optimizer';
const ON_MAC = [
  'on run argv',
  'display notification (item 2 of argv) with title (item 1 of argv)',
  'end run',
];
/** Any app may show toasts under the name of one that is installed: PowerShell itself. */
const SHOWN_AS = '{1AC14E77-02E7-4E5D-B744-2EB1AE5198B7}\\WindowsPowerShell\\v1.0\\powershell.exe';
const ON_WINDOWS = `
$null = [Windows.UI.Notifications.ToastNotificationManager, Windows.UI.Notifications, ContentType = WindowsRuntime]
$xml = [Windows.UI.Notifications.ToastNotificationManager]::GetTemplateContent([Windows.UI.Notifications.ToastTemplateType]::ToastText02)
$texts = $xml.GetElementsByTagName('text')
$null = $texts.Item(0).AppendChild($xml.CreateTextNode($env:NOTICE_TITLE))
$null = $texts.Item(1).AppendChild($xml.CreateTextNode($env:NOTICE_TEXT))
$toast = [Windows.UI.Notifications.ToastNotification]::new($xml)
[Windows.UI.Notifications.ToastNotificationManager]::CreateToastNotifier('${SHOWN_AS}').Show($toast)
`;

type Said = { title: string; text: string; level: 'info' | 'warning' | 'error' };

/** How this platform shows a notification; null where we know no way. */
export function desktopCommand(
  platform: NodeJS.Platform,
  { title, text, level }: Said,
): DesktopCommand | null {
  switch (platform) {
    case 'linux': {
      const urgency = level === 'error' ? 'critical' : 'normal';
      const options = [`--app-name=${APP}`, `--urgency=${urgency}`];
      return { program: 'notify-send', args: [...options, '--', title, body(text)], env: {} };
    }
    case 'darwin': {
      const script = ON_MAC.flatMap((line) => ['-e', line]);
      return { program: 'osascript', args: [...script, '--', title, text], env: {} };
    }
    case 'win32': {
      const args = ['-NoProfile', '-NonInteractive', '-Command', ON_WINDOWS];
      const env = { NOTICE_TITLE: title, NOTICE_TEXT: text };
      return { program: 'powershell', args, env };
    }
    default:
      return null;
  }
}

// There the body is markup, and backslashes stand for other characters.
function body(text: string): string {
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
