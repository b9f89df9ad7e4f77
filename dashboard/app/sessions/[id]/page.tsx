import { SessionPage } from './SessionPage';

/** One file for all sessions: the server answers every /sessions/<id> with it. */
export const generateStaticParams = () => [{ id: '_' }];
export const dynamicParams = false;

export default function Page() {
  return <SessionPage />;
}
