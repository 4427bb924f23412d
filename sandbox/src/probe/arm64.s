// What the self-test of containers runs: copies /iexec_in/word to /iexec_out/word and to the output stream.
// ProbeImage holds the bytes: clang -target aarch64-linux -c, then objcopy -O binary -j .text
.globl _start
_start:
 sub sp, sp, #64
 mov x0, #-100
 adr x1, in
 mov x2, #0
 mov x8, #56
 svc #0
 mov x1, sp
 mov x2, #64
 mov x8, #63
 svc #0
 mov x19, x0
 mov x0, #-100
 adr x1, out
 mov x2, #0x41
 mov x3, #0x1a4
 mov x8, #56
 svc #0
 mov x1, sp
 mov x2, x19
 mov x8, #64
 svc #0
 mov x20, x0
 mov x0, #1
 mov x1, sp
 mov x2, x19
 mov x8, #64
 svc #0
 cmp x19, #1
 cset x0, lt
 cmp x20, x19
 cset x1, ne
 orr x0, x0, x1
 mov x8, #93
 svc #0
in: .asciz "/iexec_in/word"
out: .asciz "/iexec_out/word"
