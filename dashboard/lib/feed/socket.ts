/** What only the socket needs; in a file of its own that loads after the first data is there. */
export { io } from 'socket.io-client';
export { readMessage } from './receipt';
