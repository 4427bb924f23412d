# What the self-test of containers runs: copies /iexec_in/word to /iexec_out/word and to the output stream.
# ProbeImage holds the bytes: clang -target x86_64-linux -c, then objcopy -O binary -j .text
.intel_syntax noprefix
.globl _start
_start:
 sub rsp, 64
 mov edi, -100
 lea rsi, [rip+in]
 xor edx, edx
 mov eax, 257
 syscall
 mov edi, eax
 mov rsi, rsp
 mov edx, 64
 xor eax, eax
 syscall
 mov r12, rax
 mov edi, -100
 lea rsi, [rip+out]
 mov edx, 0x41
 mov r10d, 0x1a4
 mov eax, 257
 syscall
 mov edi, eax
 mov rsi, rsp
 mov rdx, r12
 mov eax, 1
 syscall
 mov r13, rax
 mov edi, 1
 mov rsi, rsp
 mov rdx, r12
 mov eax, 1
 syscall
 xor edi, edi
 cmp r12, 1
 setl dil
 cmp r13, r12
 setne al
 or dil, al
 mov eax, 60
 movzx edi, dil
 syscall
in: .asciz "/iexec_in/word"
out: .asciz "/iexec_out/word"
