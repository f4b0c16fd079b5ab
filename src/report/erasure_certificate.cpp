#include "report/erasure_certificate.h"

#include "ledger/shown.h"
#include "paper/html.h"
#include "paper/template.h"

namespace zs::report {
namespace {

constexpr std::string_view kTemplate = R"(# 个人信息删除凭证

{{kind}}（{{number}}，第{{record}}号事项）里的下列个人信息已经删除，共{{values}}个值，更正以前的也在内：

{{#erased}}
- {{label}}
{{/erased}}

**删除理由**　{{reason}}

**经办人**　{{actor}}　　**同意人**　{{signer}}

**时间**　{{at}}

删除以后只留下摘要，不能还原。检索词、当事人索引、重复件索引、已出文书的文本，和没有别处引用的附件，一并删除。

存证日志没有断开，{{holds}}。本次删除是第{{entry}}条，它的叶摘要是：

- `{{leaf_head}}`\
  `{{leaf_tail}}`

有{{size}}条时的树根是：

- `{{root_head}}`\
  `{{root_tail}}`
)";

// Two lines in groups of eight, so that an eye can keep its place.
void put_digest(paper::Data& data, const std::string& name, const Digest& digest) {
  constexpr std::size_t kGroup = 8;
  const std::string whole = hex(bytes(digest));
  for (std::size_t at = 0; at < whole.size(); at += kGroup) {
    std::string& line = data.texts[name + (at < whole.size() / 2 ? "_head" : "_tail")];
    line += (line.empty() ? "" : " ") + whole.substr(at, kGroup);
  }
}

std::string minute_text(Moment at) {
  std::string text = at.text();
  text[text.find('T')] = ' ';
  return text;
}

}  // namespace

Result<std::string> erasure_page(const ledger::Town& town, const ledger::RecordView& view,
                                 const ledger::Certificate& certificate, const std::vector<std::string>& labels,
                                 const ledger::EntryProof& proof) {
  paper::Data data;
  data.texts = {{"kind", view.kind_label},
                {"number", view.number},
                {"record", std::to_string(view.record.id.number)},
                {"values", std::to_string(certificate.values)},
                {"reason", certificate.reason},
                {"actor", ledger::staff_name(town, certificate.actor)},
                {"signer", ledger::staff_name(town, certificate.signer)},
                {"at", minute_text(certificate.at)},
                {"entry", std::to_string(certificate.n.number)},
                {"size", std::to_string(proof.size)},
                {"holds", proof.holds ? "证明成立" : "证明不成立"}};
  for (const std::string& label : labels) data.lists["erased"].push_back({{"label", label}});
  data.of_items = {"label"};
  put_digest(data, "leaf", proof.leaf);
  put_digest(data, "root", proof.root);
  ZS_TRY(const std::string markdown, paper::render("erasure", std::string(kTemplate), data));
  return paper::html_page(town.name + "　个人信息删除凭证", markdown, "");
}

}  // namespace zs::report
