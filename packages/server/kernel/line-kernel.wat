;; Reads one line of JSON, as the client writes it (without spaces), into a tape of its values.
;; What isn't JSON, and what is JSON of another shape than the client's (spaces, an escape in a
;; key, very deep, too long), isn't read: the caller parses such a line whole.
;;
;; Memory, in this order: one page of tables, one page for the stack, the tape, the text.
;; The tape has four numbers for each key and value, in the order of the line:
;;   kind    the value's first byte: { [ " 0 (any number) t f n; for a key K
;;   start   of a text: behind its quote; of others: their first byte
;;   end     of a text: its closing quote; of others: the byte behind them
;;   more    of a text: 1 has escapes | 2 may have bytes beyond ASCII; of a key: its number in the
;;           table of known keys, or 0; of an object or list: how many numbers of the tape precede
;;           what follows it
(module
  (memory (export "memory") 40)

  ;; 0..255: what stands behind a backslash: 0 nothing may, 2 one letter, 6 four digits behind u.
  ;; 256..511: 1 for the digits of such a code.
  ;; 1024..3071: known keys by hash: numbers (u16), 0 for none.
  ;; 3072..4095: known keys by number: where in memory (u32 behind `keyAt`), how long.
  (global $escapes i32 (i32.const 0))
  (global $hex i32 (i32.const 256))
  (global $byHash i32 (i32.const 1024))
  (global $keyAt i32 (i32.const 3072))
  (global $stack i32 (i32.const 65536))
  (global $stackEnd i32 (i32.const 66560))
  (global $tape i32 (i32.const 131072))
  (global $tapeEnd i32 (i32.const 1179648))
  (global $flags (mut i32) (i32.const 0))

  ;; The closing quote of the text that begins at `p`, 0 where there is none; sets `flags`.
  ;; A newline follows each line, so that no text goes on behind it.
  (func $textEnd (param $p i32) (result i32)
    (local $v v128) (local $all v128) (local $m i32) (local $c i32)
    (global.set $flags (i32.const 0))
    (loop $more
      (local.set $v (v128.load (local.get $p)))
      (local.set $all (v128.or (local.get $all) (local.get $v)))
      (local.set $m
        (i8x16.bitmask
          (v128.or
            (v128.or
              (i8x16.eq (local.get $v) (i8x16.splat (i32.const 0x22)))
              (i8x16.eq (local.get $v) (i8x16.splat (i32.const 0x5c))))
            (i8x16.lt_u (local.get $v) (i8x16.splat (i32.const 0x20))))))
      (if (i32.eqz (local.get $m))
        (then
          (local.set $p (i32.add (local.get $p) (i32.const 16)))
          (br $more)))
      (local.set $p (i32.add (local.get $p) (i32.ctz (local.get $m))))
      (local.set $c (i32.load8_u (local.get $p)))
      (if (i32.eq (local.get $c) (i32.const 0x22))
        (then
          (if (i8x16.bitmask (local.get $all))
            (then (global.set $flags (i32.or (global.get $flags) (i32.const 2)))))
          (return (local.get $p))))
      (if (i32.ne (local.get $c) (i32.const 0x5c)) (then (return (i32.const 0))))
      (global.set $flags (i32.or (global.get $flags) (i32.const 1)))
      (local.set $c (i32.load8_u (i32.load8_u offset=1 (local.get $p))))
      (if (i32.eqz (local.get $c)) (then (return (i32.const 0))))
      (if (i32.eq (local.get $c) (i32.const 6))
        (then
          (if (i32.eqz
                (i32.and
                  (i32.and (call $isHex (i32.load8_u offset=2 (local.get $p)))
                           (call $isHex (i32.load8_u offset=3 (local.get $p))))
                  (i32.and (call $isHex (i32.load8_u offset=4 (local.get $p)))
                           (call $isHex (i32.load8_u offset=5 (local.get $p))))))
            (then (return (i32.const 0))))))
      (local.set $p (i32.add (local.get $p) (local.get $c)))
      (br $more))
    (i32.const 0))

  (func $isHex (param $byte i32) (result i32)
    (i32.load8_u offset=256 (local.get $byte)))

  (func $isDigit (param $byte i32) (result i32)
    (i32.lt_u (i32.sub (local.get $byte) (i32.const 0x30)) (i32.const 10)))

  (func $digitsEnd (param $p i32) (result i32)
    (loop $more
      (if (call $isDigit (i32.load8_u (local.get $p)))
        (then
          (local.set $p (i32.add (local.get $p) (i32.const 1)))
          (br $more))))
    (local.get $p))

  ;; The byte behind the number at `p`, 0 where there is none.
  (func $numberEnd (param $p i32) (result i32)
    (local $q i32) (local $c i32)
    (if (i32.eq (i32.load8_u (local.get $p)) (i32.const 0x2d))
      (then (local.set $p (i32.add (local.get $p) (i32.const 1)))))
    (local.set $q (call $digitsEnd (local.get $p)))
    (if (i32.eq (local.get $q) (local.get $p)) (then (return (i32.const 0))))
    (if (i32.and (i32.eq (i32.load8_u (local.get $p)) (i32.const 0x30))
                 (i32.gt_u (i32.sub (local.get $q) (local.get $p)) (i32.const 1)))
      (then (return (i32.const 0))))
    (local.set $p (local.get $q))
    (if (i32.eq (i32.load8_u (local.get $p)) (i32.const 0x2e))
      (then
        (local.set $q (call $digitsEnd (i32.add (local.get $p) (i32.const 1))))
        (if (i32.eq (local.get $q) (i32.add (local.get $p) (i32.const 1)))
          (then (return (i32.const 0))))
        (local.set $p (local.get $q))))
    (if (i32.eq (i32.or (i32.load8_u (local.get $p)) (i32.const 0x20)) (i32.const 0x65))
      (then
        (local.set $p (i32.add (local.get $p) (i32.const 1)))
        (local.set $c (i32.load8_u (local.get $p)))
        (if (i32.or (i32.eq (local.get $c) (i32.const 0x2b)) (i32.eq (local.get $c) (i32.const 0x2d)))
          (then (local.set $p (i32.add (local.get $p) (i32.const 1)))))
        (local.set $q (call $digitsEnd (local.get $p)))
        (if (i32.eq (local.get $q) (local.get $p)) (then (return (i32.const 0))))
        (local.set $p (local.get $q))))
    (local.get $p))

  ;; By which a key is found; the caller makes its table by the same rule.
  (func $hash (export "hash") (param $from i32) (param $length i32) (result i32)
    (i32.and
      (i32.add
        (i32.add
          (i32.mul (local.get $length) (i32.const 37))
          (i32.mul (i32.load8_u (local.get $from)) (i32.const 101)))
        (i32.add
          (i32.mul
            (i32.load8_u
              (i32.add (local.get $from) (i32.shr_u (local.get $length) (i32.const 1))))
            (i32.const 11))
          (i32.mul
            (i32.load8_u (i32.sub (i32.add (local.get $from) (local.get $length)) (i32.const 1)))
            (i32.const 5))))
      (i32.const 1023)))

  ;; The number of the key of which these are the bytes, 0 for any that isn't known.
  (func $keyNumber (param $from i32) (param $length i32) (result i32)
    (local $slot i32) (local $number i32) (local $entry i32)
    (if (i32.eqz (local.get $length)) (then (return (i32.const 0))))
    (local.set $slot (call $hash (local.get $from) (local.get $length)))
    (loop $next
      (local.set $number
        (i32.load16_u offset=1024 (i32.shl (local.get $slot) (i32.const 1))))
      (if (i32.eqz (local.get $number)) (then (return (i32.const 0))))
      (local.set $entry (i32.shl (local.get $number) (i32.const 3)))
      (if (i32.eq (i32.load offset=3076 (local.get $entry)) (local.get $length))
        (then
          (if (call $isSame (i32.load offset=3072 (local.get $entry)) (local.get $from) (local.get $length))
            (then (return (local.get $number))))))
      (local.set $slot (i32.and (i32.add (local.get $slot) (i32.const 1)) (i32.const 1023)))
      (br $next))
    (i32.const 0))

  ;; Eight bytes at a time: behind either text there is more of the memory.
  (func $isSame (param $a i32) (param $b i32) (param $length i32) (result i32)
    (local $different i64)
    (loop $more
      (local.set $different (i64.xor (i64.load (local.get $a)) (i64.load (local.get $b))))
      (if (i32.lt_s (local.get $length) (i32.const 9))
        (then
          (return
            (i64.eqz
              (i64.shl
                (local.get $different)
                (i64.extend_i32_u
                  (i32.shl (i32.sub (i32.const 8) (local.get $length)) (i32.const 3))))))))
      (if (i32.eqz (i64.eqz (local.get $different))) (then (return (i32.const 0))))
      (local.set $a (i32.add (local.get $a) (i32.const 8)))
      (local.set $b (i32.add (local.get $b) (i32.const 8)))
      (local.set $length (i32.sub (local.get $length) (i32.const 8)))
      (br $more))
    (i32.const 0))

  ;; The byte behind the word at `p`, 0 where there is none.
  (func $wordEnd (param $p i32) (result i32)
    (local $word i32)
    (local.set $word (i32.load (local.get $p)))
    (if (i32.or (i32.eq (local.get $word) (i32.const 0x65757274))   ;; true
                (i32.eq (local.get $word) (i32.const 0x6c6c756e)))  ;; null
      (then (return (i32.add (local.get $p) (i32.const 4)))))
    (if (i32.and (i32.eq (local.get $word) (i32.const 0x736c6166))  ;; fals
                 (i32.eq (i32.load8_u offset=4 (local.get $p)) (i32.const 0x65)))
      (then (return (i32.add (local.get $p) (i32.const 5)))))
    (i32.const 0))

  ;; Writes the tape of the line from `p` up to `end`; how many numbers it has, 0: it isn't read.
  (func (export "read") (param $p i32) (param $end i32) (result i32)
    (local $t i32) (local $top i32) (local $q i32) (local $c i32) (local $container i32)
    (local.set $t (global.get $tape))
    (local.set $top (global.get $stack))
    (loop $value
      (if (i32.ge_u (local.get $t) (global.get $tapeEnd)) (then (return (i32.const 0))))
      (local.set $c (i32.load8_u (local.get $p)))
      (block $isDone
        (block $isClosed
          (if (i32.eq (local.get $c) (i32.const 0x22))
            (then
              (local.set $p (i32.add (local.get $p) (i32.const 1)))
              (local.set $q (call $textEnd (local.get $p)))
              (if (i32.eqz (local.get $q)) (then (return (i32.const 0))))
              (i32.store (local.get $t) (i32.const 0x22))
              (i32.store offset=4 (local.get $t) (local.get $p))
              (i32.store offset=8 (local.get $t) (local.get $q))
              (i32.store offset=12 (local.get $t) (global.get $flags))
              (local.set $t (i32.add (local.get $t) (i32.const 16)))
              (local.set $p (i32.add (local.get $q) (i32.const 1)))
              (br $isDone)))
          (if (i32.eq (i32.or (local.get $c) (i32.const 0x20)) (i32.const 0x7b))
            (then
              (if (i32.ge_u (local.get $top) (global.get $stackEnd)) (then (return (i32.const 0))))
              (i32.store (local.get $top) (local.get $t))
              (local.set $top (i32.add (local.get $top) (i32.const 4)))
              (i32.store (local.get $t) (local.get $c))
              (i32.store offset=4 (local.get $t) (local.get $p))
              (local.set $t (i32.add (local.get $t) (i32.const 16)))
              (local.set $p (i32.add (local.get $p) (i32.const 1)))
              ;; } and ] are two behind { and [.
              (br_if $isClosed
                (i32.eq (i32.load8_u (local.get $p)) (i32.add (local.get $c) (i32.const 2))))
              (br_if $value (i32.eq (local.get $c) (i32.const 0x5b)))
              (local.set $p (call $key (local.get $p) (local.get $t)))
              (if (i32.eqz (local.get $p)) (then (return (i32.const 0))))
              (local.set $t (i32.add (local.get $t) (i32.const 16)))
              (br $value)))
          (i32.store offset=4 (local.get $t) (local.get $p))
          (if (i32.or (call $isDigit (local.get $c)) (i32.eq (local.get $c) (i32.const 0x2d)))
            (then
              (local.set $c (i32.const 0x30))
              (local.set $p (call $numberEnd (local.get $p))))
            (else
              (local.set $p (call $wordEnd (local.get $p)))))
          (if (i32.eqz (local.get $p)) (then (return (i32.const 0))))
          (i32.store (local.get $t) (local.get $c))
          (i32.store offset=8 (local.get $t) (local.get $p))
          (i32.store offset=12 (local.get $t) (i32.const 0))
          (local.set $t (i32.add (local.get $t) (i32.const 16)))
          (br $isDone))
        ;; Closed: `p` is at the bracket.
        (local.set $top (i32.sub (local.get $top) (i32.const 4)))
        (local.set $container (i32.load (local.get $top)))
        (local.set $p (i32.add (local.get $p) (i32.const 1)))
        (i32.store offset=8 (local.get $container) (local.get $p))
        (i32.store offset=12 (local.get $container)
          (i32.shr_u (i32.sub (local.get $t) (global.get $tape)) (i32.const 2))))
      ;; Done with a value, `p` is behind it: its container closes, goes on, or there is none.
      (loop $closing
        (if (i32.eq (local.get $top) (global.get $stack))
          (then
            (return
              (select
                (i32.shr_u (i32.sub (local.get $t) (global.get $tape)) (i32.const 2))
                (i32.const 0)
                (i32.eq (local.get $p) (local.get $end))))))
        (local.set $container (i32.load (i32.sub (local.get $top) (i32.const 4))))
        (local.set $q (i32.load (local.get $container)))
        (local.set $c (i32.load8_u (local.get $p)))
        (local.set $p (i32.add (local.get $p) (i32.const 1)))
        (if (i32.eq (local.get $c) (i32.const 0x2c))
          (then
            (br_if $value (i32.eq (local.get $q) (i32.const 0x5b)))
            (if (i32.ge_u (local.get $t) (global.get $tapeEnd)) (then (return (i32.const 0))))
            (local.set $p (call $key (local.get $p) (local.get $t)))
            (if (i32.eqz (local.get $p)) (then (return (i32.const 0))))
            (local.set $t (i32.add (local.get $t) (i32.const 16)))
            (br $value)))
        (if (i32.ne (local.get $c) (i32.add (local.get $q) (i32.const 2)))
          (then (return (i32.const 0))))
        (local.set $top (i32.sub (local.get $top) (i32.const 4)))
        (i32.store offset=8 (local.get $container) (local.get $p))
        (i32.store offset=12 (local.get $container)
          (i32.shr_u (i32.sub (local.get $t) (global.get $tape)) (i32.const 2)))
        (br $closing)))
    (i32.const 0))

  ;; Writes the key at `p`, without an escape, and gives the byte behind its colon; 0: there is none.
  (func $key (param $p i32) (param $t i32) (result i32)
    (local $q i32)
    (if (i32.ne (i32.load8_u (local.get $p)) (i32.const 0x22)) (then (return (i32.const 0))))
    (local.set $p (i32.add (local.get $p) (i32.const 1)))
    (local.set $q (call $textEnd (local.get $p)))
    (if (i32.or (i32.eqz (local.get $q)) (i32.and (global.get $flags) (i32.const 1)))
      (then (return (i32.const 0))))
    (if (i32.ne (i32.load8_u offset=1 (local.get $q)) (i32.const 0x3a)) (then (return (i32.const 0))))
    (i32.store (local.get $t) (i32.const 0x4b))
    (i32.store offset=4 (local.get $t) (local.get $p))
    (i32.store offset=8 (local.get $t) (local.get $q))
    (i32.store offset=12 (local.get $t)
      (call $keyNumber (local.get $p) (i32.sub (local.get $q) (local.get $p))))
    (i32.add (local.get $q) (i32.const 2))))
