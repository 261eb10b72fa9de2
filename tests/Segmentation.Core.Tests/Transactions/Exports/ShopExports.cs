namespace Segmentation.Core.Tests.Transactions.Exports;

/// <summary>Exports of shop systems and payment services.</summary>
internal static class ShopExports
{
    public static IReadOnlyList<KnownExport> All { get; } =
    [
        new(
            "Shopify, orders",
            "Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,Currency,Subtotal,Shipping,Taxes,Total,Discount Code,Discount Amount,Shipping Method,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem compare at price,Lineitem sku,Lineitem requires shipping,Lineitem taxable,Lineitem fulfillment status,Billing Name,Billing Street,Billing Address1,Billing Address2,Billing Company,Billing City,Billing Zip,Billing Province,Billing Country,Billing Phone,Shipping Name,Shipping Street,Shipping Address1,Shipping Address2,Shipping Company,Shipping City,Shipping Zip,Shipping Province,Shipping Country,Shipping Phone,Notes,Note Attributes,Cancelled at,Payment Method,Payment Reference,Refunded Amount,Vendor,Outstanding Balance,Employee,Location,Device ID,Id,Tags,Risk Level,Source,Lineitem discount,Tax 1 Name,Tax 1 Value,Tax 2 Name,Tax 2 Value,Tax 3 Name,Tax 3 Value,Tax 4 Name,Tax 4 Value,Tax 5 Name,Tax 5 Value,Phone,Receipt Number,Duties,Billing Province Name,Shipping Province Name,Payment ID,Payment Terms Name,Next Payment Due At,Payment References",
            [
                "Name: #1001 | Email: ann@example.com | Financial Status: paid | Paid at: 2024-05-01 10:00:00 +0000 | Total: 34.98 | Subtotal: 29.98 | Created at: 2024-05-01 09:58:12 +0000 | Lineitem quantity: 2 | Lineitem name: Tee | Lineitem price: 9.99 | Lineitem sku: TEE | Shipping Country: US | Billing Country: US",
                "Name: #1001 | Email: ann@example.com | Created at: 2024-05-01 09:58:12 +0000 | Lineitem quantity: 1 | Lineitem name: Cup | Lineitem price: 10.00 | Lineitem sku: CUP",
                "Name: #1002 | Email: bo@example.com | Financial Status: refunded | Created at: 2024-05-02 09:58:12 +0000 | Lineitem quantity: 1 | Lineitem name: Cup | Lineitem price: 10.00 | Lineitem sku: CUP",
            ],
            "customer: Email | invoice: Name | date: Created at | quantity: Lineitem quantity | price: Lineitem price | product: Lineitem sku | description: Lineitem name | country: Shipping Country | status: Financial Status",
            "ann@example.com #1001 TEE 19.98", "ann@example.com #1001 CUP 10.00", "Void bo@example.com #1002 CUP 10.00"),
        new(
            "Squarespace, orders",
            "Order ID,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Currency,Subtotal,Shipping,Taxes,Amount Refunded,Total,Discount Code,Discount Amount,Shipping Method,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Lineitem variant,Lineitem requires shipping,Lineitem taxable,Lineitem fulfillment status,Billing Name,Billing Address1,Billing Address2,Billing City,Billing Zip,Billing Province,Billing Country,Billing Phone,Shipping Name,Shipping Address1,Shipping Address2,Shipping City,Shipping Zip,Shipping Province,Shipping Country,Shipping Phone,Cancelled at,Private Notes,Payment Method,Payment Reference",
            [
                "Order ID: 00001 | Email: ann@example.com | Financial Status: PAID | Total: 30 | Created at: 7/25/2018 21:06 | Lineitem quantity: 2 | Lineitem name: Coffee | Lineitem price: 10 | Lineitem sku: SQ05 | Shipping Country: US",
                "Order ID: 00001 | Lineitem quantity: 1 | Lineitem name: Cup | Lineitem price: 5 | Lineitem sku: SQ06",
            ],
            "customer: Email | invoice: Order ID | date: Created at | quantity: Lineitem quantity | price: Lineitem price | product: Lineitem sku | description: Lineitem name | country: Shipping Country | status: Financial Status",
            "ann@example.com 00001 SQ05 20.00", "ann@example.com 00001 SQ06 5.00"),
        new(
            "WooCommerce, Advanced Order Export",
            "\"Order Number\",\"Order Status\",\"Order Date\",\"Customer Note\",\"First Name (Billing)\",\"Last Name (Billing)\",\"Company (Billing)\",\"Address 1&2 (Billing)\",\"City (Billing)\",\"State Code (Billing)\",\"Postcode (Billing)\",\"Country Code (Billing)\",\"Email (Billing)\",\"Phone (Billing)\",\"First Name (Shipping)\",\"Last Name (Shipping)\",\"Address 1&2 (Shipping)\",\"City (Shipping)\",\"State Code (Shipping)\",\"Postcode (Shipping)\",\"Country Code (Shipping)\",\"Item #\",SKU,Name,\"Product Variation\",Quantity,\"Quantity (- Refund)\",\"Item Cost\",\"Order Line (w/o tax)\",\"Order Line Tax\",\"Order Line Total\",\"Order Line Total Refunded\",\"Order Line Total (- Refund)\",\"Image URL\",\"Coupon Code\",\"Discount Amount\",\"Discount Amount Tax\",\"Payment Method Title\",\"Coupons Used\",\"Cart Discount Amount\",\"Order Subtotal Amount\",\"Order Tax Amount\",\"Order Shipping Amount\",\"Order Refund Amount\",\"Order Total Amount\",\"Order Total Tax Amount\",\"Total items\",\"Total products\"",
            [
                "Order Number: 501 | Order Status: Completed | Order Date: 2024-02-03 11:20 | Email (Billing): ann@example.com | Country Code (Shipping): DE | SKU: T1 | Name: Tea | Quantity: 3 | Quantity (- Refund): 2 | Item Cost: 5 | Order Line Total: 15 | Order Line Total Refunded: 5 | Order Line Total (- Refund): 10 | Order Total Amount: 24.90",
                "Order Number: 502 | Order Status: Cancelled | Order Date: 2024-02-04 11:20 | Email (Billing): bo@example.com | Country Code (Shipping): DE | SKU: T1 | Name: Tea | Quantity: 1 | Quantity (- Refund): 1 | Item Cost: 5 | Order Line Total: 5 | Order Line Total (- Refund): 5 | Order Total Amount: 9.90",
            ],
            "customer: Email (Billing) | invoice: Order Number | date: Order Date | quantity: Quantity (- Refund) | price: Item Cost | amount: Order Line Total (- Refund) | product: SKU | description: Name | country: Country Code (Shipping) | status: Order Status",
            "ann@example.com 501 T1 10.00", "Void bo@example.com 502 T1 5.00"),
        new(
            "WooCommerce, one row an order",
            "order_id,order_number_formatted,order_number,date,status,order_shipping,order_shipping_tax,order_fees,order_fee_tax,order_tax,cart_discount,order_discount,order_total,payment_method,shipping_method,customer_user,billing_first_name,billing_last_name,billing_email,billing_phone,billing_address_1,billing_address_2,billing_postcode,billing_city,billing_state,billing_country,billing_company,shipping_first_name,shipping_last_name,shipping_address_1,shipping_address_2,shipping_postcode,shipping_city,shipping_state,shipping_country,shipping_company,customer_note,order_item_1,order_item_2,download_permissions_granted,order_notes,shipping_method_1,shipping_cost_1",
            ["order_id: 4993 | order_number: 4993 | date: 5/31/2016 0:37 | status: completed | order_total: 30 | customer_user: 0 | billing_email: ann@example.com | billing_country: US | shipping_country: US"],
            "customer: billing_email | invoice: order_id | date: date | amount: order_total | country: shipping_country | status: status",
            "ann@example.com 4993  30.00"),
        new(
            "Magento, grid of orders",
            "ID,\"Purchase Point\",\"Purchase Date\",\"Bill-to Name\",\"Ship-to Name\",\"Grand Total (Base)\",\"Grand Total (Purchased)\",Status,\"Billing Address\",\"Shipping Address\",\"Shipping Information\",\"Customer Email\",\"Customer Group\",Subtotal,\"Shipping and Handling\",\"Customer Name\",\"Payment Method\",\"Total Refunded\",\"Allocated sources\",\"Pickup Location Code\",\"Braintree Transaction Source\",\"Dispute State\"",
            [
                "ID: 000000017 | Purchase Date: 2024-01-05 10:11:12 | Bill-to Name: Ann Ex | Grand Total (Base): 35.00 | Grand Total (Purchased): 35.00 | Status: complete | Customer Email: ann@example.com | Subtotal: 30.00 | Customer Name: Ann Ex",
                "ID: 000000018 | Purchase Date: 2024-01-06 10:11:12 | Bill-to Name: Bo Ex | Grand Total (Base): 15.00 | Grand Total (Purchased): 15.00 | Status: canceled | Customer Email: bo@example.com | Subtotal: 10.00 | Customer Name: Bo Ex",
            ],
            "customer: Customer Email | invoice: ID | date: Purchase Date | amount: Subtotal | status: Status",
            "ann@example.com 000000017  30.00", "Void bo@example.com 000000018  10.00"),
        new(
            "PrestaShop, grid of orders",
            "ID;Reference;\"New client\";Delivery;Customer;Total;Payment;Status;Date",
            [
                "ID: 5 | Reference: XKBKNABJK | New client: 1 | Delivery: France | Customer: J. DOE | Total: 61,80 | Payment: Bank wire | Status: Payment accepted | Date: 2024-01-05 10:11:12",
                "ID: 4 | Reference: FFATNOMMJ | New client: 0 | Delivery: France | Customer: J. DOE | Total: 14,90 | Payment: Bank wire | Status: Canceled | Date: 2024-01-04 10:11:12",
            ],
            "customer: Customer | invoice: Reference | date: Date | amount: Total | status: Status",
            "J. DOE XKBKNABJK  61.80", "Void J. DOE FFATNOMMJ  14.90") { Delimiter = ';' },
        new(
            "BigCommerce, orders",
            "Order ID,Customer ID,Customer Name,Customer Email,Customer Phone,Order Date,Order Status,Subtotal (inc tax),Subtotal (ex tax),Tax Total,Shipping Cost (inc tax),Shipping Cost (ex tax),Ship Method,Handling Cost (inc tax),Handling Cost (ex tax),Store Credit Redeemed,Gift Certificate Amount Redeemed,Gift Certificate Code,Gift Certificate Expiration Date,Coupon Details,Order Total (inc tax),Order Total (ex tax),Payment Method,Total Quantity,Total Shipped,Date Shipped,Order Currency Code,Exchange Rate,Order Notes,Customer Message,Billing First Name,Billing Last Name,Billing Company,Billing Street 1,Billing Street 2,Billing Suburb,Billing State,Billing Zip,Billing Country,Billing Phone,Billing Email,Shipping First Name,Shipping Last Name,Shipping Company,Shipping Street 1,Shipping Street 2,Shipping Suburb,Shipping State,Shipping Zip,Shipping Country",
            [
                "Order ID: 108 | Customer ID: 70 | Customer Name: Ann Ex | Customer Email: ann@example.com | Order Date: 13/03/2024 | Order Status: Completed | Subtotal (inc tax): 38.13 | Order Total (inc tax): 50.85 | Order Total (ex tax): 46.23 | Total Quantity: 3 | Billing Country: Australia | Shipping Country: Australia",
                "Order ID: 109 | Customer ID: 71 | Customer Name: Bo Ex | Customer Email: bo@example.com | Order Date: 14/03/2024 | Order Status: Incomplete | Subtotal (inc tax): 8.13 | Order Total (inc tax): 10.85 | Order Total (ex tax): 9.86 | Total Quantity: 1 | Billing Country: Australia | Shipping Country: Australia",
            ],
            "customer: Customer ID | invoice: Order ID | date: Order Date | amount: Order Total (inc tax) | country: Shipping Country | status: Order Status",
            "70 108  50.85", "Void 71 109  10.85"),
        new(
            "OpenCart, list of orders",
            "Order ID,Customer,Status,Total,Date Added,Date Modified",
            ["Order ID: 12 | Customer: Ann Ex | Status: Complete | Total: $105.00 | Date Added: 2024-01-05 | Date Modified: 2024-01-07"],
            "customer: Customer | invoice: Order ID | date: Date Added | amount: Total | status: Status",
            "Ann Ex 12  105.00"),
        new(
            "Wix, orders",
            "Order number,Date created,Time,Fulfill by,Total order quantity,Contact email,Note from customer,Additional checkout info,Item,Variant,SKU,Qty,Quantity refunded,Price,Weight,Custom text,Deposit amount,Delivery method,Delivery time,Recipient name,Recipient phone,Recipient company name,Delivery country,Delivery state,Delivery state name,Delivery city,Delivery address,Delivery zip/postal code,Billing name,Billing phone,Billing company name,Billing country,Delivery state,Delivery state name,Delivery city,Delivery address,Delivery zip/postal code,Payment status,Payment method,Coupon code,Gift card amount,Shipping rate,Total tax,Total,Currency,Refunded amount,Net amount,Additional fees,Fulfillment status,Tracking number,Fulfillment service,Shipping label",
            [
                "Order number: 10002 | Date created: Dec 8, 2023 | Time: 9:15:51 AM | Total order quantity: 3 | Contact email: ann@example.com | Item: Mug | SKU: M1 | Qty: 2 | Quantity refunded: 0 | Price: 19.99 | Delivery country: DEU | Billing name: Ann Ex | Billing country: DEU | Payment status: Paid | Total: 54.98 | Net amount: 54.98",
                "Order number: 10002 | Date created: Dec 8, 2023 | Time: 9:15:51 AM | Total order quantity: 3 | Contact email: ann@example.com | Item: Cup | SKU: C1 | Qty: 1 | Quantity refunded: 0 | Price: 10.00 | Delivery country: DEU | Billing name: Ann Ex | Billing country: DEU | Payment status: Paid | Total: 54.98 | Net amount: 54.98",
            ],
            "customer: Contact email | invoice: Order number | date: Date created | quantity: Qty | price: Price | product: SKU | description: Item | country: Delivery country | status: Payment status",
            "ann@example.com 10002 M1 39.98", "ann@example.com 10002 C1 10.00"),
        new(
            "Square, items detail",
            "Date,Time,Time Zone,Category,Item,Qty,Price Point Name,SKU,Modifiers Applied,Gross Sales,Discounts,Net Sales,Tax,Transaction ID,Payment ID,Device Name,Notes,Details,Event Type,Location,Dining Option,Customer ID,Customer Name,Customer Reference ID,Unit,Count,GTIN,Itemization Type,Commission,Employee,Fulfillment Note,Channel,Token,Card Brand,PAN Suffix",
            [
                "Date: 2024-02-18 | Time: 12:59:30 | Category: Drinks | Item: Tea | Qty: 2.0 | SKU: T1 | Gross Sales: $8.00 | Discounts: -$1.00 | Net Sales: $7.00 | Tax: $0.60 | Transaction ID: ABC123 | Event Type: Payment | Customer ID: CU1 | Customer Name: Ann Ex | Count: 2",
                "Date: 2024-02-19 | Time: 10:00:00 | Category: Drinks | Item: Tea | Qty: -1.0 | SKU: T1 | Gross Sales: -$4.00 | Discounts: $0.00 | Net Sales: -$4.00 | Tax: -$0.30 | Transaction ID: ABC124 | Event Type: Refund | Customer ID: CU1 | Customer Name: Ann Ex | Count: -1",
            ],
            "customer: Customer ID | invoice: Transaction ID | date: Date | quantity: Qty | amount: Net Sales | product: SKU | description: Item | category: Category | type: Event Type",
            "CU1 ABC123 T1 7.00", "Return CU1 ABC124 T1 -4.00"),
        new(
            "Stripe, payments",
            "id,Description,Seller Message,Created (UTC),Amount,Amount Refunded,Currency,Converted Amount,Converted Amount Refunded,Fee,Tax,Converted Currency,Mode,Status,Statement Descriptor,Customer ID,Customer Description,Customer Email,Captured,Card ID,Card Last4,Card Brand,Card Funding,Card Exp Month,Card Exp Year,Card Name,Card Address Line1,Card Address Line2,Card Address City,Card Address State,Card Address Country,Card Address Zip,Card Issue Country,Card Fingerprint,Card CVC Status,Card AVS Zip Status,Card AVS Line1 Status,Card Tokenization Method,Disputed Amount,Dispute Status,Dispute Reason,Dispute Date (UTC),Dispute Evidence Due (UTC),Invoice ID,Payment Source Type,Destination,Transfer,Interchange Costs,Merchant Service Charge,Transfer Group,PaymentIntent ID",
            [
                "id: ch_1 | Description: Order 7 | Created (UTC): 2024-01-31 15:04 | Amount: 49.00 | Amount Refunded: 0.00 | Currency: usd | Status: Paid | Customer ID: cus_1 | Customer Email: ann@example.com | PaymentIntent ID: pi_1",
                "id: ch_2 | Description: Order 8 | Created (UTC): 2024-02-01 15:04 | Amount: 9.00 | Amount Refunded: 9.00 | Currency: usd | Status: Refunded | Customer ID: cus_2 | Customer Email: bo@example.com | PaymentIntent ID: pi_2",
            ],
            "customer: Customer ID | invoice: id | date: Created (UTC) | amount: Amount | description: Description | country: Card Address Country | status: Status",
            "cus_1 ch_1  49.00", "Void cus_2 ch_2  9.00"),
        new(
            "PayPal, activity",
            "\"Date\",\"Time\",\"Time zone\",\"Name\",\"Type\",\"Status\",\"Currency\",\"Gross\",\"Fee\",\"Net\",\"From Email Address\",\"To Email Address\",\"Transaction ID\",\"Counterparty Status\",\"Shipping Address\",\"Address Status\",\"Option 1 Name\",\"Reference Txn ID\",\"Quantity\",\"Receipt ID\",\"Country\",\"Contact Phone Number\",\"Subject\",\"Balance Impact\",\"Buyer Wallet\"",
            ["Date: 31/01/2024 | Time: 10:00:00 | Name: Ann Ex | Type: Express Checkout Payment | Status: Completed | Gross: 20.00 | Fee: -0.90 | Net: 19.10 | From Email Address: ann@example.com | Transaction ID: 9AB | Quantity: 1 | Country: France"],
            "customer: From Email Address | invoice: Transaction ID | date: Date | quantity: Quantity | amount: Gross | country: Country | status: Status | type: Type",
            "ann@example.com 9AB  20.00"),
    ];
}
