/** 提醒：给我的、怎样提醒我、没有送达的；同一人、同一件。 */
export const zhNotices = {
  notices: { title: '提醒', bell: '提醒，{n} 条没看', why: '临期和超期时告诉经办人和负责人', how: '怎样提醒我', readAll: '全部看过', none: '还没有提醒', noneText: '经办的事项临近期限或者超期，会在这里告诉您。', read: '看过', new: '没看过', settled: '已了结，或者期限已变' },
  told: {
    title: '怎样提醒我', why: '工作台上总会提醒', noMail: '本服务没有设发信服务器：可以先写好邮箱，设好以后就发。', mail: '邮箱', way: '邮件', none: '不发', daily: '每个工作日 {at} 一封汇总', each: '每件事一封', quiet: '{hours} 和休息日不发；按小时计的期限除外。信里没有当事人信息。', save: '保存', saved: '已保存',
    feed: '日历订阅', feedWhy: '手机和邮件程序的日历可以订阅您的期限。凭地址就能看，不要给别人。', address: '订阅地址', copy: '复制', once: '地址只显示这一次。忘了就换一个，旧的作废。', subscribe: '要一个订阅地址', again: '换一个地址', end: '停用',
  },
  alike: { title: '同一人、同一件', maybe: '可能是同一人、同一件（{n}）', why: '各自的期限照算，只是告诉您', person: '证件号或者电话相同', name: '同村同名', subject: '事由有 {n}% 相同', same: '重复', other: '不是', isSame: '已认定重复', isOther: '不是重复', sameAs: '{what} 与本件重复', otherThan: '{what} 与本件不是一件' },
  erase: { title: '删除个人信息', why: '只留摘要，不能还原', what: '删哪几项', times: '含更正以前的，{n} 处', guard: { open: '公开', internal: '内部', personal: '个人信息', sensitive: '敏感', secret: '秘密' }, reason: '删除理由', signer: '同意人（本台账签批人）', sure: '我知道选中的 {n} 项删了不能还原；各项期限、指标照旧', do: '删除', done: '已经删除。检索词、索引、文书文本、附件一并删了。', certificate: '打开删除凭证', none: '没有可以删除的值' },
  failed: { why: '没有送到的邮件和推送，自动再试两天', shut: '送达情况由系统管理员看', read: '看送达情况', none: '没有送不到的', noneText: '发不出去的会列在这里，写明原因。', at: '时间', channel: '方式', who: '给谁', error: '原因', attempts: '试过', mail: '邮件', hook: '推送', again: '再发', waits: '等着再试' },
}
