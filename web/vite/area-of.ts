/** The first that matches a module's path names its chunk; the rest is split by the bundler. */
const AREAS: readonly [name: string, path: RegExp][] = [
  // Words are needed before any page.
  ['shop', /\/web\/src\/.*\/(messages|problems)\.(th|en)\.ts$/],
  // Changes with a dependency only, so it stays in the browser's cache over releases.
  ['base', /\/node_modules\/(vue|@vue|vue-router|vue-i18n|@intlify|pinia)\/|^\0/],
  [
    'overlay',
    /\/node_modules\/@headlessui\/|\/web\/src\/(ui\/(Dialog|Drawer|Lightbox)|cart\/OtherEventDialog|app\/SignOutDialog)\b/,
  ],
  [
    'work',
    /\/web\/src\/(photos\/(upload|approve|UploadPage|ApprovePage|ChooseEvent|Crew|use-crew)|faces\/people|app\/Work)|\/node_modules\/hash-wasm\//,
  ],
  ['checkout', /\/web\/src\/(orders|payments|cart\/(CartP|use-cart-page|alternatives|PackageC|PriceL|PriceN|PhotoS))/],
  [
    'find',
    /\/web\/src\/faces\/(?!SelfieCrop|selfie-engine|demo-selfies)|\/packages\/faces\/src\/engines\.ts$|\/node_modules\/comlink\//,
  ],
  [
    'shop',
    /\/web\/src\/(app\/(?!main\.)|ui|events|photos|cart|auth|faces\/demo-selfies)\b|\/packages\/(contracts|domain)\//,
  ],
  ['shop', /\/node_modules\/(@heroicons|@tanstack|thumbhash)\//],
]

/**
 * One chunk per area, not one per component: on a phone each request costs more than the few hundred bytes it might
 * save.
 */
export const areaOf = (id: string): string | null => AREAS.find(([, path]) => path.test(id))?.[0] ?? null
