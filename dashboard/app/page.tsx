import { LiveView } from '@/components/live/LiveView';

export default function LivePage() {
  return <LiveView />;
}
