import type { Translated } from '../../base/i18n/translated.ts'
import type { helpTh } from './messages.th.ts'

export const helpEn: Translated<typeof helpTh> = {
  title: 'Help',
  lead: 'Questions people ask, guides, and how to reach us',
  figures: 'This answer has figures that cannot be loaded now',
  guides: 'Guides',
  questions: 'Questions people ask',
  contact: 'Reach us',
  contactText:
    'Name the number of your order if you have one. It stands in the e-mail and on the page of the order, and helps us to find your case sooner',
  email: 'E-mail',
  line: 'LINE',
  phone: 'Telephone',
  hours: 'We answer',
  topic: {
    find: 'Finding photos',
    pay: 'Paying',
    download: 'Downloading, also again',
    gift: 'Giving photos to a friend',
    refund: 'Money back',
    privacy: 'Privacy',
    mail: 'E-mail',
  },
  find: {
    how: {
      q: 'How do I find my photos?',
      a: 'Open the page of your event, press “Find my photos”, and take one selfie or choose one picture that shows your face clearly. We compare it with the photos of that one event. Looking is free and needs no account.',
    },
    none: {
      q: 'My photos are not found',
      a: 'Try another selfie: face the light, sunglasses and hat off. Look at the photos that may be you, too. A photo from behind or with a covered face cannot be found by face: open “Around your moments” below the results where it is offered, or open all photos and choose by time. Photographers may still be uploading, so search again later, or leave an address below the results: we write once when a new photo is likely of you.',
    },
    wrong: {
      q: 'There are photos of somebody else',
      a: 'Press “Not me” on that photo. It leaves the results and your selection.',
    },
    off: {
      q: 'This event has no search by face',
      a: 'Organizers may switch it on only once participants were told. Where it is off, look at all photos and choose by time. An event whose sale is closed cannot be searched either.',
    },
    again: {
      q: 'How long do results stay?',
      a: '{resultsDays} days at most, in the browser that searched, and while you are signed in on all devices of your account. You can delete them at any time at the end of the results page.',
    },
  },
  pay: {
    how: {
      q: 'How do I pay?',
      a: 'Enter your e-mail and scan the PromptPay QR with the app of any Thai bank. On the same phone, save the picture of the QR and open it from your bank app. No account is needed.',
    },
    waiting: {
      q: 'I paid, but the page did not change',
      a: "Don't pay again. Leave the payment page open, or open it anew in the same browser. Some banks tell us late. Check that you transferred the exact amount, satang too. Once the money is there, a link goes to your e-mail as well.",
    },
    kept: {
      q: 'I transferred another amount, or paid twice',
      a: 'The money is with us. The page of the order names the amount and a reference. Press “Ask for it back” there, or tell us the reference.',
    },
    expired: {
      q: 'The QR has expired',
      a: "Your photos are safe. Ask for a new QR on the same page. If you have paid the old one, don't pay again: we are checking.",
    },
    transfer: {
      q: 'I cannot scan the QR. May I transfer?',
      a: 'Press “Pay by transfer and send the slip” on the payment page. Where the shop takes transfers, that page names the account. Our people compare your slip with the statement before downloads open.',
    },
    receipt: {
      q: 'I need a receipt or a tax invoice',
      a: 'On the page of the paid order, below “Documents”, it is there as PDF. For one in the name of a person or a company, enter name and address when you pay. There are tax invoices only where the seller is registered for VAT.',
    },
  },
  download: {
    long: {
      q: 'How long can I download?',
      a: 'For {downloadDays} days from the payment, as often as you like. The page of the order names the last day.',
    },
    again: {
      q: 'On another device, or again later',
      a: 'Open the link in the e-mail of your order. A device that did not pay is asked for a code of 6 digits, which we send to the same address. With an account that has confirmed that address, all its orders are in “My account”.',
    },
    zip: {
      q: 'The ZIP has expired',
      a: 'A ZIP is kept for {archiveDays} days. Afterwards make it again on the page of the order, or download photo by photo, as long as the time for downloads is not over.',
    },
    size: {
      q: 'What files do I get?',
      a: 'The originals of the photographer in full size, without watermark. They are yours to use privately; the photographer keeps the copyright.',
    },
  },
  gift: {
    how: {
      q: 'How do I give bought photos to a friend?',
      a: 'Open the page of the paid order and go to “Give photos to a friend by a link”. Give all photos or one, and send your friend the link or its QR. We do not keep the link, so it cannot be shown again. If it is lost, withdraw it and make another one.',
    },
    friend: {
      q: 'What does my friend have to do, and see?',
      a: 'Your friend opens the link, looks, and downloads photo by photo. No account and no payment is needed. They see the name and the line that you wrote, if any, and neither your e-mail nor your order.',
    },
    end: {
      q: 'Can I withdraw a link? How long is it good?',
      a: 'Press “Withdraw” on the page of the order at any time: the link opens nothing any more. Its last day stands beside it. It never lasts longer than your own downloads, and a photo that was refunded or taken down is in it no more. Anybody who has the link can open it, so send it only to those whom you want to have the photos.',
    },
  },
  refund: {
    how: {
      q: 'How do I ask for money back?',
      a: 'On the page of the paid order press “Ask for money back”, choose the photos and the reason, and name the PromptPay number or bank account to pay to. A person reads each request.',
    },
    after: {
      q: 'What happens then?',
      a: 'While it is looked at, the photos can be downloaded. Once it is approved, these photos can no longer be downloaded; we transfer the money and tell you by e-mail. If it is refused, an e-mail says why. The page of the order shows where it stands.',
    },
  },
  privacy: {
    selfie: {
      q: 'Where does my selfie go?',
      a: 'Where your device can read the face by itself and you choose that, the picture never leaves it. A selfie that is sent is deleted when the search ends, within {selfieMinutes} minutes at the latest. It is used to search that one event.',
    },
    hide: {
      q: 'I do not want to be found',
      a: 'Open “Find my photos” of the event and press “Don’t want to be found here?”. One selfie, then hide or delete your face. No account is needed.',
    },
    takedown: {
      q: 'A photo of me should be taken down',
      a: 'Open it large among all photos and press the link that asks to take it down. Our people look at each request, also about photos that somebody bought.',
    },
    data: {
      q: 'See or delete my data',
      a: 'On “My data”, linked at the end of each page, you download all that we keep about you, take consents back and delete data. Tax law orders us to keep paid orders.',
    },
  },
  mail: {
    wrong: {
      q: 'I misspelt my e-mail',
      a: 'Open the page of the order in the browser that paid and press “Correct the e-mail”. A new link goes to the new address, and the old link opens nothing any more. This works until another device has downloaded.',
    },
    lost: {
      q: 'No e-mail came',
      a: 'Look among spam and advertisements. The page of the order, in the browser that paid, says whether it was delivered, and you can download from there at once without waiting for it.',
    },
  },
}
