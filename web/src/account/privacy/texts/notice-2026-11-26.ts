import type { NoticeText } from './notice-text.ts'

export const text: NoticeText = {
  th: [
    {
      title: 'ใครดูแลข้อมูล',
      text: '{seller} ติดต่อได้ที่ {contact} คุณร้องเรียนต่อสำนักงานคณะกรรมการคุ้มครองข้อมูลส่วนบุคคลได้',
    },
    {
      title: 'ใบหน้า',
      text: 'เราค้นหาด้วยใบหน้าเมื่อคุณยินยอมเท่านั้น เซลฟี่และตัวเลขของใบหน้าถูกลบเมื่อค้นหาเสร็จ ช้าที่สุด {selfieMinutes} นาที ผลค้นหาเก็บไว้ {resultsDays} วัน หรือจนกว่าคุณจะลบ ตัวเลขของใบหน้าในรูปของงานถูกลบภายใน {facesDays} วันหลังงานจบ เว้นแต่งานนั้นกำหนดวันไว้เป็นอย่างอื่น',
    },
    {
      title: 'รูปของงาน',
      text: 'ช่างภาพถ่ายและส่งรูปมาขาย เมื่อปิดงานแล้ว รูปถูกลบ {eventsDays} วันหลังงานและการขายจบ รูปที่มีคนซื้อเก็บไว้จนผู้ซื้อหมดเวลาดาวน์โหลด',
    },
    {
      title: 'การซื้อ',
      text: 'เราเก็บอีเมล รายการที่ซื้อ และการจ่ายเงิน ดาวน์โหลดได้ {downloadDays} วัน ไฟล์ ZIP เก็บไว้ {archiveDays} วันและสร้างใหม่ได้ คำสั่งซื้อที่จ่ายแล้วเก็บไว้ตามกฎหมายภาษี ลบตามคำขอไม่ได้',
    },
    {
      title: 'บัญชีและเครื่องที่ใช้',
      text: 'เราใช้คุกกี้สองอย่าง คือของตะกร้ากับการค้นหา อยู่ {sessionDays} วันหลังใช้ครั้งสุดท้าย และของการเข้าสู่ระบบ อยู่ {signInDays} วัน ไม่มีคุกกี้โฆษณา บันทึกว่าใครทำอะไรในระบบเก็บไว้เป็นหลักฐาน มีหมายเลข IP และชื่อเครื่อง',
    },
    {
      title: 'ใครได้รับข้อมูล',
      text: 'ธนาคารได้รับยอดเงินและเลขที่การจ่าย ช่างภาพเห็นว่ารูปไหนขายได้ แต่ไม่เห็นว่าใครซื้อ เราไม่ขายข้อมูลและไม่ส่งใบหน้าให้ใคร',
    },
    {
      title: 'สิทธิของคุณ',
      text: 'คุณถอนความยินยอม ขอสำเนาข้อมูลทั้งหมด และลบข้อมูลได้เองที่หน้า “ข้อมูลของฉัน” ไม่ต้องมีบัญชี เด็กต้องให้ผู้ปกครองยินยอมแทน',
    },
  ],
  en: [
    {
      title: 'Who answers for your data',
      text: '{seller}. Write to {contact}. You may complain to the Personal Data Protection Committee of Thailand.',
    },
    {
      title: 'Faces',
      text: 'We search by face only where you agreed. The selfie and the numbers of its face are deleted when the search ends, after {selfieMinutes} minutes at the latest. Results are kept {resultsDays} days, or until you delete them. The numbers of the faces in an event’s photos are deleted {facesDays} days after the event, unless the event has a date of its own.',
    },
    {
      title: 'Photos of an event',
      text: 'Photographers take photos and send them in for sale. Of a closed event they are deleted {eventsDays} days after the event and its sale. A photo that somebody bought is kept until its buyer may no longer download it.',
    },
    {
      title: 'Purchases',
      text: 'We keep the e-mail address, what was bought, and the payment. Downloads last {downloadDays} days. A ZIP is kept {archiveDays} days and can be made again. Tax law orders us to keep paid orders: they are not deleted on request.',
    },
    {
      title: 'Account and devices',
      text: 'We use two cookies: one for cart and searches, for {sessionDays} days after its last use, and one for signing in, for {signInDays} days. There is no advertising cookie. The record of who did what here is kept as evidence, with IP address and device.',
    },
    {
      title: 'Who receives data',
      text: 'The bank receives the amount and the number of the payment. Photographers see which photo was sold, not who bought it. We sell no data and give faces to nobody.',
    },
    {
      title: 'Your rights',
      text: 'On the page “My data” you take a consent back, get a copy of everything, and delete your data, yourself and without an account. For a child, a parent or guardian agrees.',
    },
  ],
}
