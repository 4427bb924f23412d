(module
  (import "ruche" "ask" (func $ask (param i32) (result i32)))
  (import "ruche" "told" (func $told (param i32 i64) (result i32)))
  (memory 1 4)
  (table 1 funcref)
  (elem (i32.const 0) $sum)
  (type $sums (func (param i32) (result i64)))
  (func $sum (type $sums) (local $total i64)
    (loop $next
      (local.set $total (i64.add (i64.mul (local.get $total) (i64.const 31))
        (i64.load8_u (local.get 0))))
      (i64.store (i32.const 1024) (local.get $total))
      (local.set 0 (i32.add (local.get 0) (i32.const 1)))
      (br_if $next (i32.lt_u (local.get 0) (i32.const 1100))))
    (local.get $total))
  (func $deep (param i32) (result i32)
    (i32.add (call $deep (i32.add (local.get 0) (i32.const 1))) (i32.const 1)))
  (func $nan (result i64)
    (i64.reinterpret_f64 (f64.div (f64.const 0) (f64.sub (f64.const 1) (f64.const 1)))))
  (func (export "_start") (local $what i32)
    (local.set $what (call $ask (i32.const 7)))
    (if (i32.eq (local.get $what) (i32.const 0)) (then
      (drop (call $told (i32.const 1) (call_indirect (type $sums) (i32.const 0) (i32.const 0))))
      (drop (call $told (i32.const 2) (call $nan)))
      (drop (call $told (i32.const 3) (i64.extend_i32_s (memory.grow (i32.const 2)))))))
    (if (i32.eq (local.get $what) (i32.const 1)) (then
      (drop (i32.div_s (local.get $what) (i32.sub (local.get $what) (i32.const 1))))))
    (if (i32.eq (local.get $what) (i32.const 2)) (then
      (drop (i32.load (i32.const 0x7ffffff0)))))
    (if (i32.eq (local.get $what) (i32.const 3)) (then
      (drop (call $deep (i32.const 0)))))
    (if (i32.eq (local.get $what) (i32.const 4)) (then
      (loop $ever (br $ever))))))
