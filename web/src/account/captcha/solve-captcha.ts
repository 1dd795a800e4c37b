import { type CaptchaProof, captchaHeader, readCaptcha } from '@pix/contracts/captcha.ts'
import { ProblemError } from '@pix/contracts/client.ts'
import { call } from '../../base/api.ts'

/**
 * Fetches a captcha and solves it in a worker: some tenths of a second.
 *
 * @returns the header that brings the solution
 * @throws ProblemError where there is no captcha, or no worker
 */
export async function solveCaptcha(): Promise<Record<string, string>> {
  const challenge = await call(readCaptcha, {})
  const worker = new Worker(new URL('./solve.worker.ts', import.meta.url), { type: 'module' })
  try {
    const proof = await new Promise<CaptchaProof | null>((resolve, reject) => {
      worker.addEventListener('message', ({ data }: MessageEvent<CaptchaProof | null>) => resolve(data))
      worker.addEventListener('error', reject)
      worker.postMessage(challenge, [])
    })
    if (proof) return captchaHeader(proof)
  } catch {
    // Said below.
  } finally {
    worker.terminate()
  }
  throw new ProblemError({ code: 'captcha_needed', status: 403 })
}
