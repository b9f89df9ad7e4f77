export type GoogleEndpoints = { login: string; token: string; revoke: string; api: string };

export const GOOGLE: GoogleEndpoints = {
  login: 'https://accounts.google.com/o/oauth2/v2/auth',
  token: 'https://oauth2.googleapis.com/token',
  revoke: 'https://oauth2.googleapis.com/revoke',
  api: 'https://www.googleapis.com/calendar/v3',
};

/** Reading calendars and their list, nothing else. */
export const GOOGLE_SCOPE = 'https://www.googleapis.com/auth/calendar.readonly';
