import { findBinary } from '../base/find-binary.ts'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'Google Chrome', 'Chromium']
const MAC = ['/Applications/Google Chrome.app/Contents/MacOS', '/Applications/Chromium.app/Contents/MacOS']

/** The browser of the end-to-end tests: PIX_CHROMIUM, else one on this machine. */
export const findChromium = (): string | undefined => process.env.PIX_CHROMIUM ?? findBinary(NAMES, MAC)
