import { type CallOptions, ProblemError } from '@pix/contracts/client.ts'
import { solveCaptcha } from './solve-captcha.ts'

type Headers = Record<string, string>

const isAsked = (error: unknown): boolean =>
  error instanceof ProblemError && (error.code === 'captcha_needed' || error.code === 'captcha_refused')

/**
 * Sends requests that need a solved captcha. A solution is good once, and for ten minutes.
 *
 * @param solve another way than the worker, for tests
 */
export function useCaptcha(solve: () => Promise<Headers> = solveCaptcha) {
  let next: Promise<Headers> | undefined

  /** Begins to solve one, so that it is ready when the form is sent. After a failure `take` solves another. */
  function prepare(): void {
    if (next) return
    const solving = solve()
    next = solving
    solving.catch(() => {
      if (next === solving) next = undefined
    })
  }

  function take(): Promise<Headers> {
    prepare()
    const taken = next!
    next = undefined
    return taken
  }

  /** Sends with a solution. One that is refused because it is too old is replaced by a new one, once. */
  async function send<T>(request: (options: CallOptions) => Promise<T>): Promise<T> {
    try {
      return await request({ headers: await take() })
    } catch (error) {
      if (!isAsked(error)) throw error
      return request({ headers: await take() })
    }
  }

  /** Sends with a solution only where one is prepared or the server asks for it; a failure prepares the next. */
  async function sendWhereAsked<T>(request: (options: CallOptions) => Promise<T>): Promise<T> {
    try {
      if (next) return await send(request)
      return await request({})
    } catch (error) {
      if (isAsked(error)) return send(request)
      if (error instanceof ProblemError && error.code === 'wrong_credentials') prepare()
      throw error
    }
  }

  return { prepare, send, sendWhereAsked }
}
