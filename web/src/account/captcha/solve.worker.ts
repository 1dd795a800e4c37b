import type { Captcha, CaptchaProof } from '@pix/contracts/captcha.ts'
import { solveChallenge } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/web/pbkdf2'

/** Solves captchas in a worker, so that typing never waits. Null where it took too long. */
addEventListener('message', async ({ data: challenge }: MessageEvent<Captcha>) => {
  const solution = await solveChallenge({ challenge, deriveKey })
  const proof: CaptchaProof | null = solution && { challenge, solution }
  postMessage(proof)
})
