import type { SessionNeed } from '@claude-optimizer/core/fold';
import type { SessionStatus } from '@claude-optimizer/protocol';
import {
  Activity,
  CircleCheck,
  CircleStop,
  CornerDownLeft,
  MessageCircleQuestionMark,
  MoonStar,
  OctagonAlert,
  type LucideIcon,
} from 'lucide-react';

type Look = { icon: LucideIcon; word: string; color: string; meaning: string };

const ANSWER: Look = {
  icon: MessageCircleQuestionMark,
  word: 'needs an answer',
  color: 'text-warning',
  meaning: 'It asks something or waits for a permission.',
};

const LOOKS: Record<SessionStatus, Look> = {
  running: {
    icon: Activity,
    word: 'running',
    color: 'text-info',
    meaning: 'A turn or a tool is open.',
  },
  waiting: {
    icon: CornerDownLeft,
    word: 'your turn',
    color: 'text-accent',
    meaning: 'It has ended its turn and waits for the next prompt.',
  },
  idle: { icon: MoonStar, word: 'idle', color: 'text-ink-3', meaning: 'Nothing for a while.' },
  completed: { icon: CircleCheck, word: 'completed', color: 'text-good', meaning: 'Ended well.' },
  failed: {
    icon: OctagonAlert,
    word: 'failed',
    color: 'text-danger',
    meaning: 'Ended by an error.',
  },
  interrupted: {
    icon: CircleStop,
    word: 'interrupted',
    color: 'text-ink-3',
    meaning: 'Stopped in the middle of a turn.',
  },
};

/** A status in words, where nothing is known of what the session waits for. */
export const statusWord = (status: SessionStatus): string =>
  status === 'waiting' ? 'waiting for you' : LOOKS[status].word;

type Props = { status: SessionStatus; need?: SessionNeed; className?: string };

/** A session's status as icon, word and colour; `need` tells a question from a finished turn. */
export function StatusBadge({ status, need = null, className = '' }: Props) {
  const { icon: Icon, word, color, meaning } = need === 'answer' ? ANSWER : LOOKS[status];
  return (
    <span
      title={meaning}
      className={`flex items-center gap-1 text-xs font-medium whitespace-nowrap ${color} ${className}`}
    >
      <Icon aria-hidden className="size-3.5 shrink-0" strokeWidth={2.25} />
      {word}
    </span>
  );
}
