import type { Socket } from 'socket.io';

type Connection = Socket['conn'];

/** Counts the packets that wait for a connection's transport, and tells when it takes them. */
export class Backlog {
  packets = 0;

  constructor(connection: Connection, onDrain: () => void) {
    connection.on('packetCreate', () => {
      this.packets += 1;
    });
    connection.on('drain', () => {
      this.packets = 0;
      onDrain();
    });
  }
}
