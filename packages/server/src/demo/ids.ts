import type { SeededRandom } from './random.js';

const HEX = '0123456789abcdef';
const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/** Ids in the shapes that the client and the API give them. */
export class Ids {
  readonly #random: SeededRandom;

  constructor(random: SeededRandom) {
    this.#random = random;
  }

  uuid(): string {
    const variant = '89ab'.charAt(this.#random.between(0, 3));
    return `${this.hex(8)}-${this.hex(4)}-4${this.hex(3)}-${variant}${this.hex(3)}-${this.hex(12)}`;
  }

  hex(length: number): string {
    return this.#draw(HEX, length);
  }

  message(): string {
    return `msg_01${this.#draw(BASE58, 22)}`;
  }

  request(): string {
    return `req_011${this.#draw(BASE58, 21)}`;
  }

  toolUse(): string {
    return `toolu_01${this.#draw(BASE58, 22)}`;
  }

  agent(): string {
    return `a${this.hex(16)}`;
  }

  /** A thinking block's signature: opaque, and about this long. */
  signature(): string {
    return `${this.#draw(BASE58, 180)}==`;
  }

  #draw(alphabet: string, length: number): string {
    let drawn = '';
    while (drawn.length < length) {
      drawn += alphabet.charAt(this.#random.between(0, alphabet.length - 1));
    }
    return drawn;
  }
}
