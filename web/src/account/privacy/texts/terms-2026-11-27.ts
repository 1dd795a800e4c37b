import type { NoticeText } from './notice-text.ts'

export const text: NoticeText = {
  th: [
    {
      title: 'ผู้ขาย',
      text: 'ผู้ขายคือ {sells} ร้านนี้ดำเนินการโดย {seller} ติดต่อได้ที่ {contact}',
    },
    {
      title: 'การซื้อ',
      text: 'ราคาที่แสดงคือราคาที่จ่าย คำสั่งซื้อมีผลเมื่อเงินเข้า จากนั้นดาวน์โหลดไฟล์ต้นฉบับได้ {downloadDays} วัน',
    },
    {
      title: 'การใช้รูป',
      text: 'รูปที่ซื้อใช้ส่วนตัวได้ ลิขสิทธิ์ยังเป็นของช่างภาพ การใช้เพื่อการค้าต้องตกลงกับผู้ขายก่อน',
    },
    {
      title: 'ค้นหาด้วยใบหน้า',
      text: 'ค้นหาได้เฉพาะใบหน้าของคุณเอง หรือของคนที่คุณทำแทนได้ ห้ามใช้ค้นหาคนอื่น',
    },
    {
      title: 'เมื่อมีปัญหา',
      text: 'ถ้าไฟล์ไม่ตรงกับที่ซื้อหรือดาวน์โหลดไม่ได้ ติดต่อเราที่ {contact} ใช้กฎหมายไทย และสิทธิของผู้บริโภคตามกฎหมายยังมีครบ',
    },
  ],
  en: [
    {
      title: 'Seller',
      text: 'The seller is {sells}. The shop is run by {seller}. Write to {contact}.',
    },
    {
      title: 'Buying',
      text: 'The price shown is the price paid. An order holds once the money is there. From then on the original files can be downloaded for {downloadDays} days.',
    },
    {
      title: 'What you may do with a photo',
      text: 'A photo that you bought is yours to use privately. The photographer keeps the copyright. Commercial use has to be agreed with the seller first.',
    },
    {
      title: 'Searching by face',
      text: 'Search only for your own face, or for somebody you may act for. Searching for others is forbidden.',
    },
    {
      title: 'When something is wrong',
      text: 'Where a file is not what you bought or cannot be downloaded, write to {contact}. Thai law applies, and your rights as a consumer stay whole.',
    },
  ],
}
