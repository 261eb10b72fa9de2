namespace Segmentation.Reporting;

/// <summary>The style sheet of the report. It names no font file and no address, so the page needs no network.</summary>
internal static class ReportStyle
{
    /// <summary>Holds no <c>&lt;</c> and no <c>&amp;</c>: the page has to be well-formed as XML as well.</summary>
    public const string Css = """
        :root{color-scheme:light dark;--page:#f6f7f9;--card:#fff;--ink:#1a2130;--soft:#5b6577;--line:#dfe3ea;--track:#e9ecf2;
        --people:#3f6fd8;--money:#1d9a6c;--mark:#fff6dc;--alert:#b3261e}
        @media (prefers-color-scheme:dark){:root{--page:#12151b;--card:#1b2029;--ink:#e8ebf1;--soft:#9aa5b8;--line:#2d3440;
        --track:#2a313d;--people:#7ba2f5;--money:#4cc79a;--mark:#3a3116;--alert:#ff8a80}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--page);color:var(--ink);
        font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
        main,header,footer{max-width:1080px;margin:0 auto;padding:0 20px}
        header{padding-top:36px}
        h1{font-size:30px;line-height:1.2;margin:0 0 4px;overflow-wrap:anywhere}
        h2{font-size:22px;line-height:1.25;margin:48px 0 6px}
        h3{font-size:18px;line-height:1.3;margin:0}
        p{margin:8px 0}
        .soft{color:var(--soft)}
        .lead{color:var(--soft);max-width:70ch;margin:0 0 16px}
        .tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(180px,1fr));gap:12px;margin:24px 0 0}
        .tile,.card{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:16px 18px}
        .tile b{display:block;font-size:26px;line-height:1.2;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
        .tile span{color:var(--soft);font-size:14px}
        .cards{display:grid;gap:14px}
        .card{break-inside:avoid}
        .card .body{display:grid;grid-template-columns:minmax(240px,2fr) 5fr;gap:8px 28px;margin-top:10px}
        .card .body p:first-child{margin-top:0}
        .cards.two{grid-template-columns:repeat(auto-fill,minmax(min(100%,460px),1fr))}
        .cards.two .body{grid-template-columns:1fr}
        .cards.two .card{font-size:15px}
        .measure{display:grid;grid-template-columns:1fr auto;column-gap:12px;font-size:14px;margin-bottom:8px}
        .measure b{font-variant-numeric:tabular-nums}
        .track{display:block;background:var(--track);border-radius:4px;height:8px;overflow:hidden}
        .measure .track{grid-column:1/-1}
        .bar{display:block;height:100%;border-radius:4px;print-color-adjust:exact;-webkit-print-color-adjust:exact}
        .people{background:var(--people)}
        .money{background:var(--money)}
        .faint{opacity:.45}
        .typical{display:grid;grid-template-columns:repeat(3,1fr);gap:8px;margin:10px 0 0;font-size:13px}
        .typical b{display:block;font-size:17px;font-variant-numeric:tabular-nums}
        .todo{border-left:3px solid var(--money);padding-left:12px;margin:10px 0 0}
        .todo b{display:block;font-size:13px;color:var(--soft);font-weight:600}
        .plan{display:grid;grid-template-columns:auto 1fr;gap:2px 12px}
        .plan dt{margin:0;font-size:13px;color:var(--soft);font-weight:600;line-height:24px}
        .plan dd{color:var(--ink)}
        td.same{background:var(--track);print-color-adjust:exact;-webkit-print-color-adjust:exact}
        td small{display:block;font-size:12px}
        .notice{border-left:4px solid var(--alert);background:var(--card);border-radius:8px;padding:10px 16px;margin:14px 0}
        .notice ul{margin:4px 0;padding-left:20px}
        .scroll{overflow-x:auto;background:var(--card);border:1px solid var(--line);border-radius:12px}
        table{border-collapse:collapse;width:100%;font-size:15px}
        th,td{padding:8px 14px;text-align:left;border-bottom:1px solid var(--line);vertical-align:top}
        tr:last-child td{border-bottom:0}
        th{font-size:13px;color:var(--soft);font-weight:600}
        .n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
        th.n{white-space:normal}
        td.model{white-space:nowrap}
        td.name{overflow-wrap:anywhere;min-width:130px}
        td.reason{min-width:220px;color:var(--soft)}
        tr.chosen td{background:var(--mark);color:var(--ink);font-weight:600;print-color-adjust:exact;-webkit-print-color-adjust:exact}
        .legend{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,320px),1fr));gap:4px 28px;margin:12px 0 0;
        font-size:14px;color:var(--soft)}
        .legend b{color:var(--ink);font-weight:600}
        @media screen{.models{font-size:14px}.models td,.models th{padding:8px 7px}}
        tr.total td{font-weight:600}
        tr.part td:first-child{padding-left:32px}
        .alert{color:var(--alert)}
        .sales{display:grid;grid-template-columns:auto 1fr auto;gap:6px 14px;align-items:center;font-size:15px}
        .sales .track{height:14px}
        .sales b{font-variant-numeric:tabular-nums;text-align:right}
        .halves{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,420px),1fr));gap:14px}
        dl{margin:0}
        dt{font-weight:600;margin-top:10px}
        dd{margin:0;color:var(--soft)}
        td.cell{border:1px solid var(--line);text-align:center;font-size:13px;padding:8px 4px}
        footer{padding-top:32px;padding-bottom:40px;font-size:13px;color:var(--soft);overflow-wrap:anywhere}
        @media (max-width:640px){body{font-size:15px}h1{font-size:25px}.card .body{grid-template-columns:1fr}th,td{padding:7px 10px}
        main,header,footer{padding-left:14px;padding-right:14px}
        .tiles{grid-template-columns:1fr 1fr}.tile{padding:12px 14px}.tile b{font-size:21px}}
        @media print{:root{color-scheme:light;--page:#fff;--card:#fff;--ink:#000;--soft:#444;--line:#bbb;--track:#e5e5e5;
        --people:#3f6fd8;--money:#1d9a6c;--mark:#fff2c2;--alert:#b3261e}body{font-size:11pt}main,header,footer{max-width:none}
        table{font-size:9pt}th{font-size:8pt}th,td{padding:4px 5px}td.reason{min-width:0}
        h2{break-after:avoid}tr{break-inside:avoid}.scroll{overflow:visible}.card .body{grid-template-columns:2fr 5fr}}
        """;
}
