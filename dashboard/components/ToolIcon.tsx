import {
  Bot,
  FilePen,
  FileText,
  Globe,
  ListTodo,
  MessageCircleQuestionMark,
  Plug,
  Search,
  SquareTerminal,
  Wrench,
  type LucideIcon,
} from 'lucide-react';

const ICONS: Record<string, LucideIcon> = {
  Bash: SquareTerminal,
  BashOutput: SquareTerminal,
  KillShell: SquareTerminal,
  Read: FileText,
  Edit: FilePen,
  MultiEdit: FilePen,
  Write: FilePen,
  NotebookEdit: FilePen,
  Grep: Search,
  Glob: Search,
  WebFetch: Globe,
  WebSearch: Globe,
  Task: Bot,
  Agent: Bot,
  TodoWrite: ListTodo,
  TaskCreate: ListTodo,
  TaskUpdate: ListTodo,
  AskUserQuestion: MessageCircleQuestionMark,
  ExitPlanMode: MessageCircleQuestionMark,
};

/** The icon of a tool, by its name; tools of MCP servers share one. */
export function ToolIcon({ name, className = 'size-3.5' }: { name: string; className?: string }) {
  // A tool may be named as what every object has.
  const known = Object.hasOwn(ICONS, name) ? ICONS[name] : undefined;
  const Icon = known ?? (name.startsWith('mcp__') ? Plug : Wrench);
  return <Icon aria-hidden className={`shrink-0 ${className}`} />;
}
