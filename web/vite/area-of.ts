/** The first that matches a module's path names its chunk; the rest is split by the bundler. */
const AREAS: readonly [name: string, path: RegExp][] = [
  // A page comes with its words, in one language. Those of every page are one file with those of the shop.
  ['account-words-th', /\/web\/src\/account\/.*\b(messages|words)\.th\.ts$/],
  ['account-words-en', /\/web\/src\/account\/.*\b(messages|words)\.en\.ts$/],
  ['work-words-th', /\/web\/src\/(photographer|organizer|admin)\/.*(messages|problems|words)\.th\.ts$/],
  ['work-words-en', /\/web\/src\/(photographer|organizer|admin)\/.*(messages|problems|words)\.en\.ts$/],
  // They come with the components that need them, on few pages.
  ['document-words-th', /\/web\/src\/shop\/documents\/(messages|words)\.th\.ts$/],
  ['document-words-en', /\/web\/src\/shop\/documents\/(messages|words)\.en\.ts$/],
  ['payment-words-th', /\/web\/src\/shop\/checkout\/payment\/(messages|words)\.th\.ts$/],
  ['payment-words-en', /\/web\/src\/shop\/checkout\/payment\/(messages|words)\.en\.ts$/],
  ['transfer-words-th', /\/web\/src\/shop\/transfer\/(messages|words)\.th\.ts$/],
  ['transfer-words-en', /\/web\/src\/shop\/transfer\/(messages|words)\.en\.ts$/],
  ['find-words-th', /\/web\/src\/shop\/find-me\/.*\b(messages|words)\.th\.ts$/],
  ['find-words-en', /\/web\/src\/shop\/find-me\/.*\b(messages|words)\.en\.ts$/],
  ['favourite-words-th', /\/web\/src\/shop\/favourites\/(messages|words)\.th\.ts$/],
  ['favourite-words-en', /\/web\/src\/shop\/favourites\/(messages|words)\.en\.ts$/],
  ['portfolio-words-th', /\/web\/src\/shop\/photographers\/(messages|words)\.th\.ts$/],
  ['portfolio-words-en', /\/web\/src\/shop\/photographers\/(messages|words)\.en\.ts$/],
  ['door-words-th', /\/web\/src\/shop\/events\/door\/(messages|words)\.th\.ts$/],
  ['help-words-th', /\/web\/src\/shop\/(help|takedown)\/.*(messages|words)\.th\.ts$/],
  ['joining-words-th', /\/web\/src\/shop\/joining\/(messages|words)\.th\.ts$/],
  ['alert-words-th', /\/web\/src\/shop\/events\/alerts\/(messages|words)\.th\.ts$/],
  ['door-words-en', /\/web\/src\/shop\/events\/door\/(messages|words)\.en\.ts$/],
  ['help-words-en', /\/web\/src\/shop\/(help|takedown)\/.*(messages|words)\.en\.ts$/],
  ['joining-words-en', /\/web\/src\/shop\/joining\/(messages|words)\.en\.ts$/],
  ['alert-words-en', /\/web\/src\/shop\/events\/alerts\/(messages|words)\.en\.ts$/],
  ['filter-words-th', /\/web\/src\/shop\/events\/filters\/(messages|words)\.th\.ts$/],
  ['filter-words-en', /\/web\/src\/shop\/events\/filters\/(messages|words)\.en\.ts$/],
  ['moment-words-th', /\/web\/src\/shop\/moments\/(messages|words)\.th\.ts$/],
  ['moment-words-en', /\/web\/src\/shop\/moments\/(messages|words)\.en\.ts$/],
  ['gift-words-th', /\/web\/src\/shop\/gifts\/(messages|words)\.th\.ts$/],
  ['gift-words-en', /\/web\/src\/shop\/gifts\/(messages|words)\.en\.ts$/],
  ['status-words-th', /\/web\/src\/shop\/status\/(messages|words)\.th\.ts$/],
  ['status-words-en', /\/web\/src\/shop\/status\/(messages|words)\.en\.ts$/],
  ['offline-words-th', /\/web\/src\/shell\/offline\/(messages|words)\.th\.ts$/],
  ['offline-words-en', /\/web\/src\/shell\/offline\/(messages|words)\.en\.ts$/],
  ['words-th', /\/web\/src\/(base|shell|shop)\/(?!page-messages).*\b(messages|problems|words)\.th\.ts$/],
  ['words-en', /\/web\/src\/(base|shell|shop)\/(?!page-messages).*\b(messages|problems|words)\.en\.ts$/],
  // Who gives bought photos, and who is given some: neither has to do with what else an account is for.
  ['checkout', /\/web\/src\/shop\/gifts\/index\.ts$/],
  [
    'gift',
    /\/web\/src\/(shop\/gifts|account\/gift)\/|\/packages\/(contracts|domain)\/src\/gifts\.ts$|\/@heroicons\/.*\/(Gift|Link|LinkSlash)Icon\.js$/,
  ],
  // Who signs in or looks after an account opens these pages: no first script of the shop.
  [
    'account',
    /\/web\/src\/(account\/(?!routes\.ts|privacy\/texts\/)|shell\/AccountTabs)|\/packages\/(domain\/src\/password-strength|contracts\/src\/(setup|provider|invitations|captcha|lost-factor|second-factor))\.ts$/,
  ],
  // What photographers get here: a page of its own, and the last part of the home page.
  ['joining', /\/web\/src\/shop\/joining\/(?!index)|\/packages\/contracts\/src\/photographer-offer\.ts$/],
  // Registers the service worker once the first screen is there.
  ['offline', /\/web\/src\/shell\/offline\/|\/node_modules\/workbox-window\//],
  // The home page and its list of events: most people come first to the page of an event.
  ['home', /\/web\/src\/(shop\/(home\/|events\/(EventList|use-events))|base\/days-of-month\.ts$)/],
  // Comes with the list of events, once it is there.
  [
    'event-filters',
    /\/web\/src\/(shop\/events\/filters\/(?!index)|base\/(month-of|i18n\/format-month)\.ts$)|\/packages\/(contracts\/src\/event-choices|domain\/src\/bangkok-day)\.ts$/,
  ],
  // A page of its own, and a line above the others on few days.
  ['status', /\/web\/src\/shop\/status\/(?!index)|\/packages\/(contracts\/src|domain\/src)\/notices\.ts$/],
  // What draws comes with the pages that have a chart.
  ['chart', /\/web\/src\/organizer\/chart\//],
  // What they name lies in the chunks below, most of it loaded when it is wanted.
  ['shop', /\/web\/src\/.*\/(routes|index)\.ts$/],
  // Changes with a dependency only, so it stays in the browser's cache over releases.
  ['base', /\/node_modules\/(vue|@vue|vue-router|vue-i18n|@intlify|pinia)\/|^\0/],
  ['overlay', /\/node_modules\/@headlessui\/|\/web\/src\/(ui\/(Dialog|Drawer|Lightbox|PhotoStage))\b/],
  // Routes that no page of the shop or the account calls.
  [
    'work',
    /\/packages\/contracts\/src\/(adjustments|settlements|admin-orders|share-kit|dashboard|users|delete-photo|photographer-summary|queues|people|inbox|inbox-line|inbox-money|inbox-money-lines|reconciliation|first-steps|audit|checks|event-form|event-fields|announcements|revenue|split-rules|earnings|statement-files|crew|face-engine|package-lists|coupons|service-keys|studio-settings|payees|payouts|own-payouts|statistics|managed-photos|photo-facts|photo-review|letter-words|refused-addresses|cameras|limits|photographer-morning|reports)\.ts$/,
  ],
  [
    'work',
    /\/packages\/domain\/src\/(split(-rules)?|banks|photo-progress|letters|letter-places|photo-looks)\.ts$|\/web\/src\/(base\/(payout-tone|bangkok-time|settle-draft|unsaved|each-page|to-csv)\.ts$|ui\/(StatCard|Table|Select|PageHead|ListCard|PagedList|Kbd)\.vue)/,
  ],
  // Icons of these pages alone.
  [
    'work',
    /\/@heroicons\/.*\/(ArrowDown|ArrowRightCircle|ArrowUpTray|ArrowsPointingIn|Bolt|CurrencyDollar|Envelope|FolderPlus|Pause|Play|Trash|Wifi)Icon\.js$/,
  ],
  // Two areas have workers, and share this.
  ['comlink', /\/node_modules\/comlink\//],
  // The page that sends photos; its faults are also named where photos are looked after.
  [
    'upload',
    /\/web\/src\/photographer\/upload\/(?!index|limit-words|use-crew-counts)|\/packages\/upload-client\/|\/contracts\/src\/uploads\.ts$|\/domain\/src\/card-files\.ts$|\/node_modules\/(tus-js-client|js-base64|url-parse|querystringify|requires-port|idb)\//,
  ],
  // Payouts ask for the password, whose input is the account's: they come by themselves.
  ['work', /\/web\/src\/(photographer\/(?!payouts)|admin\/(approve|people)|shell\/Work)/],
  // Routes of pages about an order that is there, what waits there, and what lies on its photos: of checkout, account and console.
  [
    'after-sale',
    /\/packages\/contracts\/src\/(refunds|order-access)\.ts$|\/web\/src\/(base\/use-polled\.ts$|ui\/TileButton)/,
  ],
  ['documents', /\/web\/src\/shop\/documents\/|\/packages\/contracts\/src\/(documents|sellers)\.ts$/],
  [
    'checkout',
    /\/web\/src\/shop\/(checkout|refunds|cart\/(CartP|cart-parts|use-cart-page|alternatives|PackageC|PriceL|PriceN|PhotoS|StudioC|CouponF))|\/packages\/contracts\/src\/cart-page\.ts$/,
  ],
  // How an order is paid where no QR comes.
  ['transfer', /\/web\/src\/shop\/transfer\/|\/packages\/contracts\/src\/transfers\.ts$/],
  // Comes with forms that ask for an address or a choice: of checkout, account, alerts, refunds and console.
  ['email-suggestion', /\/web\/src\/ui\/(suggest-email\.ts|EmailSuggestion\b|ChoiceGroup\b)/],
  // Asked for where no event is shown.
  ['door', /\/web\/src\/shop\/events\/(door|alerts)\/(?!index)|\/packages\/contracts\/src\/event-(door|alerts)\.ts$/],
  // A page of its own, and what narrows a gallery of several photographers.
  ['portfolio', /\/web\/src\/shop\/photographers\/|\/packages\/contracts\/src\/photographers\.ts$/],
  // A page of its own; the heart comes with the gallery.
  ['favourites', /\/web\/src\/shop\/favourites\/Favourite/],
  // What folds a burst into one tile, and opens it again.
  ['moments', /\/web\/src\/shop\/moments\/(?!index|fold)|\/@heroicons\/.*\/Square2StackIcon\.js$/],
  // Read by who needs help.
  ['help', /\/web\/src\/shop\/help\/(?!index)|\/packages\/contracts\/src\/privacy\.ts$/],
  // Asked for from an open photo, by few.
  ['takedown', /\/web\/src\/shop\/takedown\/(?!index)|\/packages\/contracts\/src\/takedowns\.ts$/],
  // What photos cost before they are in the cart: asked for once something is selected or found.
  [
    'price',
    /\/web\/src\/shop\/(photos\/SelectionBar|cart\/price-selection)|\/packages\/domain\/src\/(quote|quoted|price-offers|cover-by-\w+|assign-photos|max-flow)\.ts$/,
  ],
  [
    'find',
    /\/web\/src\/shop\/find-me\/(?!selfie\/SelfieCrop|engine\/selfie-engine)|\/packages\/contracts\/src\/(faces|face-alerts|consent-wordings|objections)\.ts$|\/packages\/faces\/src\/engines\.ts$/,
  ],
  ['shop', /\/web\/src\/(shell\/(?!main\.)|base|ui|shop\/(?!find-me))\b|\/packages\/(contracts|domain)\//],
  ['shop', /\/node_modules\/(@heroicons|@tanstack|thumbhash)\//],
]

/**
 * One chunk per area, not one per component: on a phone each request costs more than the few hundred bytes it might
 * save.
 */
export const areaOf = (id: string): string | null => AREAS.find(([, path]) => path.test(id))?.[0] ?? null
