namespace Segmentation.Core.Tests.Transactions.Exports;

/// <summary>Reports of marketplaces to their sellers, and exports of accounting and of data sets.</summary>
internal static class MarketplaceExports
{
    public static IReadOnlyList<KnownExport> All { get; } =
    [
        new(
            "Ozon, orders",
            "\"Номер заказа\";\"Номер отправления\";\"Принят в обработку\";\"Дата отгрузки\";\"Статус\";\"Дата доставки\";\"Фактическая дата передачи в доставку\";\"Сумма отправления\";\"Код валюты отправления\";\"Название товара\";\"SKU\";\"Артикул\";\"Ваша цена\";\"Код валюты товара\";\"Оплачено покупателем\";\"Код валюты покупателя\";\"Количество\";\"Стоимость доставки\";\"Связанные отправления\";\"Выкуп товара\";\"Цена товара до скидок\";\"Скидка %\";\"Скидка руб\";\"Акции\";\"Объемный вес товаров, кг\"",
            ["Номер заказа: 46206571-0051 | Номер отправления: 46206571-0051-1 | Принят в обработку: 2024-01-05 10:11:12 | Статус: Доставлен | Сумма отправления: 1000.00 | Название товара: Чай | SKU: 176640001 | Артикул: T-1 | Ваша цена: 500.00 | Оплачено покупателем: 450.00 | Количество: 2"],
            "invoice: Номер заказа | date: Принят в обработку | quantity: Количество | price: Ваша цена | amount: Сумма отправления | product: SKU | description: Название товара | status: Статус") { Delimiter = ';', Above = "\uFEFF", Missing = "the customer" },
        new(
            "Ozon, orders before 2025",
            "Номер заказа;Номер отправления;Принят в обработку;Статус;Сумма отправления;Код валюты отправления;OZON id;Артикул;Итоговая стоимость товара;Код валюты товара;Стоимость товара для покупателя;Код валюты покупателя;Количество",
            ["Номер заказа: 1-0051 | Принят в обработку: 2024-01-05 10:11:12 | Статус: Доставлен | Сумма отправления: 1000.00 | OZON id: 17 | Артикул: T-1 | Итоговая стоимость товара: 500.00 | Количество: 2"],
            "invoice: Номер заказа | date: Принят в обработку | quantity: Количество | price: Итоговая стоимость товара | amount: Сумма отправления | product: Артикул | status: Статус") { Delimiter = ';', Missing = "the customer" },
        new(
            "Wildberries, report of sales",
            "№;Номер поставки;Предмет;Код номенклатуры;Бренд;Артикул поставщика;Название;Размер;Баркод;Тип документа;Обоснование для оплаты;Дата заказа покупателем;Дата продажи;Кол-во;Цена розничная;Вайлдберриз реализовал Товар (Пр);Согласованный продуктовый дисконт, %;Промокод, %;Итоговая согласованная скидка, %;Цена розничная с учетом согласованной скидки;Размер снижения кВВ из-за рейтинга, %;Скидка постоянного Покупателя (СПП), %;Размер кВВ, %;К перечислению Продавцу за реализованный Товар;Количество доставок;Количество возврата;Услуги по доставке товара покупателю;Общая сумма штрафов;Стикер МП;Наименование банка-эквайера;Номер офиса;Наименование офиса доставки;ИНН партнера;Партнер;Склад;Страна;Тип коробов;Номер таможенной декларации;Номер сборочного задания;Код маркировки;ШК;Srid;Хранение;Удержания;Платная приемка",
            ["№: 1 | Предмет: Чай | Код номенклатуры: 11 | Артикул поставщика: T-1 | Название: Чай | Баркод: 2000 | Тип документа: Продажа | Обоснование для оплаты: Продажа | Дата заказа покупателем: 2024-01-03 | Дата продажи: 2024-01-05 | Кол-во: 1 | Цена розничная: 600 | Вайлдберриз реализовал Товар (Пр): 450 | Партнер: ИП Пункт | Страна: RU | Srid: d1.r.0"],
            "invoice: Srid | date: Дата продажи | quantity: Кол-во | price: Цена розничная | amount: Вайлдберриз реализовал Товар (Пр) | product: Артикул поставщика | description: Название | category: Предмет | country: Страна | type: Тип документа") { Delimiter = ';', Missing = "the customer" },
        new(
            "Amazon, orders with prices",
            "order-id\torder-item-id\tpurchase-date\tpayments-date\tbuyer-email\tbuyer-name\tbuyer-phone-number\tsku\tproduct-name\tquantity-purchased\tcurrency\titem-price\titem-tax\tshipping-price\tshipping-tax\tship-service-level\trecipient-name\tship-address-1\tship-address-2\tship-address-3\tship-city\tship-state\tship-postal-code\tship-country\tship-phone-number\tdelivery-start-date\tdelivery-end-date\tdelivery-time-zone\tdelivery-Instructions\tsales-channel",
            ["order-id: 114-0149180 | order-item-id: 59686 | purchase-date: 2024-01-23T14:18:23-07:00 | payments-date: 2024-01-24T14:18:23-07:00 | buyer-email: x1@marketplace.example | buyer-name: Ann Ex | sku: T1 | product-name: Tea | quantity-purchased: 2 | currency: USD | item-price: 17.98 | item-tax: 1.00 | ship-country: US"],
            "customer: buyer-email | invoice: order-id | date: purchase-date | quantity: quantity-purchased | amount: item-price | product: sku | description: product-name | country: ship-country",
            "x1@marketplace.example 114-0149180 T1 17.98") { Delimiter = '\t' },
        new(
            "Etsy, sold order items",
            "Sale Date,Item Name,Buyer,Quantity,Price,Coupon Code,Coupon Details,Discount Amount,Shipping Discount,Order Shipping,Order Sales Tax,Item Total,Currency,Transaction ID,Listing ID,Date Paid,Date Shipped,Ship Name,Ship Address1,Ship Address2,Ship City,Ship State,Ship Zipcode,Ship Country,Order ID,Variations,Order Type,Listings Type,Payment Type,InPerson Discount,InPerson Location,VAT Paid by Buyer,SKU",
            [
                "Sale Date: 08/14/23 | Item Name: Fox card | Buyer: coolbuyer42 | Quantity: 2 | Price: 5.00 | Order Shipping: 4.50 | Item Total: 10.00 | Currency: USD | Transaction ID: 4001 | Listing ID: 9001 | Date Paid: 08/14/23 | Date Shipped: 08/15/23 | Ship Country: United States | Order ID: 3001 | Order Type: online | SKU: FOX-01",
                "Sale Date: 08/14/23 | Item Name: Owl card | Buyer: coolbuyer42 | Quantity: 1 | Price: 6.00 | Order Shipping: 4.50 | Item Total: 6.00 | Currency: USD | Transaction ID: 4002 | Listing ID: 9002 | Date Paid: 08/14/23 | Date Shipped: 08/15/23 | Ship Country: United States | Order ID: 3001 | Order Type: online | SKU: OWL-01",
            ],
            "customer: Buyer | invoice: Order ID | date: Sale Date | quantity: Quantity | price: Price | amount: Item Total | product: SKU | description: Item Name | country: Ship Country",
            "coolbuyer42 3001 FOX-01 10.00", "coolbuyer42 3001 OWL-01 6.00"),
        new(
            "eBay, orders report",
            "\"Sales Record Number\",\"Order Number\",\"Buyer Username\",\"Buyer Name\",\"Buyer Email\",\"Buyer Note\",\"Buyer Address 1\",\"Buyer Address 2\",\"Buyer City\",\"Buyer State\",\"Buyer Zip\",\"Buyer Country\",\"Buyer Tax Identifier Name\",\"Buyer Tax Identifier Value\",\"Ship To Name\",\"Ship To Phone\",\"Ship To Address 1\",\"Ship To Address 2\",\"Ship To City\",\"Ship To State\",\"Ship To Zip\",\"Ship To Country\",\"Item Number\",\"Item Title\",\"Custom Label\",\"Sold Via Promoted Listings\",\"Quantity\",\"Sold For\",\"Shipping And Handling\",\"Item Location\",\"Item Zip Code\",\"Item Country\",\"eBay Collect And Remit Tax Rate\",\"eBay Collect And Remit Tax Type\",\"eBay Reference Name\",\"eBay Reference Value\",\"Tax Status\",\"Seller Collected Tax\",\"eBay Collected Tax\",\"Electronic Waste Recycling Fee\",\"Mattress Recycling Fee\",\"Battery Recycling Fee\",\"White Goods Disposal Tax\",\"Tire Recycling Fee\",\"Additional Fee\",\"eBay Collected Charges\",\"Total Price\",\"eBay Collected Tax Included in Total\",\"Payment Method\",\"Commitment Date\",\"Sale Date\",\"Paid On Date\",\"Ship By Date\",\"Minimum Estimated Delivery Date\",\"Maximum Estimated Delivery Date\",\"Shipped On Date\",\"Feedback Left\",\"Feedback Received\",\"My Item Note\",\"PayPal Transaction ID\",\"Shipping Service\",\"Tracking Number\",\"Transaction ID\",\"Variation Details\"",
            [
                "Sales Record Number: 1001 | Order Number: 12-34567-89012 | Buyer Username: buyer75 | Buyer Name: Ann Ex | Buyer Email: x@members.example | Item Number: 123456789012 | Item Title: Card | Custom Label: C-1 | Quantity: 2 | Sold For: $9.00 | Shipping And Handling: $1.50 | Item Country: US | Ship To Country: Canada | Total Price: $19.50 | Sale Date: Oct-05-23 | Paid On Date: Oct-05-23 | Transaction ID: 88",
                "Sales Record Number: 1002 | Order Number: 12-34567-89013 | Buyer Username: buyer76 | Item Number: 210987654321 | Item Title: Coin | Quantity: 1 | Sold For: $120.00 | Shipping And Handling: $0.00 | Ship To Country: US | Total Price: $120.00 | Sale Date: Oct-17-23 | Paid On Date: Oct-17-23 | Transaction ID: 89",
            ],
            "customer: Buyer Username | invoice: Sales Record Number | date: Sale Date | quantity: Quantity | price: Sold For | product: Item Number | description: Item Title | country: Ship To Country",
            "buyer75 1001 123456789012 18.00", "buyer76 1002 210987654321 120.00") { Above = "," + new string(',', 62) + "\n" },
        new(
            "eBay, sales history",
            "Sales Record Number,User Id,Buyer Fullname,Buyer Phone Number,Buyer Email,Buyer Address 1,Buyer Address 2,Buyer City,Buyer State,Buyer Zip,Buyer Country,Order ID,Item ID,Transaction ID,Item Title,Quantity,Sale Price,Shipping And Handling,Sales Tax,Insurance,eBay Collected Tax,Total Price,Payment Method,PayPal Transaction ID,Sale Date,Checkout Date,Paid on Date,Shipped on Date",
            ["Sales Record Number: 77 | User Id: buyer1 | Buyer Email: x@example.com | Buyer Country: US | Item ID: 55 | Transaction ID: 0 | Item Title: Coin | Quantity: 3 | Sale Price: $5.00 | Shipping And Handling: $2.00 | Total Price: $17.00 | Sale Date: May-27-19 | Paid on Date: May-28-19"],
            "customer: User Id | invoice: Sales Record Number | date: Sale Date | quantity: Quantity | price: Sale Price | product: Item ID | description: Item Title | country: Buyer Country",
            "buyer1 77 55 15.00"),
        new(
            "eBay, in French",
            "Numéro de vente;Numéro de commande;Pseudo de l’acheteur;Numéro de l'objet;Intitulé de l'objet;Quantité;Vendu pour;Livraison et manutention;Date de vente",
            ["Numéro de vente: 1 | Numéro de commande: 05-11111-22222 | Pseudo de l’acheteur: lucie | Numéro de l'objet: 1111 | Intitulé de l'objet: Carte | Quantité: 1 | Vendu pour: 1 234,50 € | Livraison et manutention: 4,00 € | Date de vente: 05-oct.-23"],
            "customer: Pseudo de l’acheteur | invoice: Numéro de commande | date: Date de vente | quantity: Quantité | price: Vendu pour | product: Numéro de l'objet | description: Intitulé de l'objet",
            "lucie 05-11111-22222 1111 1234.50") { Delimiter = ';' },
        new(
            "1C, documents of sale",
            "Дата;Документ;Контрагент;Сумма;Оплачено;Тип",
            [
                "Дата: 15.01.2024 | Документ: Продажа 1234 | Контрагент: ООО Ромашка | Сумма: 1 500,00 | Оплачено: 1 500,00 | Тип: Продажа",
                "Дата: 16.01.2024 | Документ: Продажа 1235 | Контрагент: ООО Ромашка | Сумма: 500,00 | Оплачено: 0,00 | Тип: Возврат",
            ],
            "customer: Контрагент | invoice: Документ | date: Дата | amount: Сумма | type: Тип",
            "ООО Ромашка Продажа 1234  1500.00", "Return ООО Ромашка Продажа 1235  -500.00") { Delimiter = ';' },
        new(
            "Olist, tables joined",
            "order_id,customer_id,order_status,order_purchase_timestamp,order_approved_at,order_delivered_carrier_date,order_delivered_customer_date,order_estimated_delivery_date,order_item_id,product_id,seller_id,shipping_limit_date,price,freight_value,payment_sequential,payment_type,payment_installments,payment_value,customer_unique_id,customer_zip_code_prefix,customer_city,customer_state,product_category_name",
            [
                "order_id: o1 | customer_id: c1 | order_status: delivered | order_purchase_timestamp: 2017-10-02 10:56:33 | order_item_id: 1 | product_id: p1 | price: 29.99 | freight_value: 8.72 | payment_value: 38.71 | customer_unique_id: u1 | product_category_name: perfumaria",
                "order_id: o2 | customer_id: c2 | order_status: canceled | order_purchase_timestamp: 2017-11-02 10:56:33 | order_item_id: 1 | product_id: p1 | price: 29.99 | freight_value: 8.72 | payment_value: 38.71 | customer_unique_id: u1 | product_category_name: perfumaria",
            ],
            "customer: customer_unique_id | invoice: order_id | date: order_purchase_timestamp | price: price | amount: payment_value | product: product_id | category: product_category_name | status: order_status",
            "u1 o1 p1 29.99", "Void u1 o2 p1 29.99"),
        new(
            "Superstore",
            "Row ID,Order ID,Order Date,Ship Date,Ship Mode,Customer ID,Customer Name,Segment,Country,City,State,Postal Code,Region,Product ID,Category,Sub-Category,Product Name,Sales,Quantity,Discount,Profit",
            ["Row ID: 1 | Order ID: CA-1 | Order Date: 11/18/2016 | Ship Date: 11/21/2016 | Customer ID: CG-1 | Customer Name: Ann Ex | Country: United States | Product ID: FUR-1 | Category: Furniture | Sub-Category: Bookcases | Product Name: Shelf | Sales: 261.96 | Quantity: 2 | Discount: 0 | Profit: 41.91"],
            "customer: Customer ID | invoice: Order ID | date: Order Date | quantity: Quantity | amount: Sales | product: Product ID | description: Product Name | category: Category | country: Country",
            "CG-1 CA-1 FUR-1 261.96"),
        new(
            "Retail sales dataset",
            "Transaction ID,Date,Customer ID,Gender,Age,Product Category,Quantity,Price per Unit,Total Amount",
            ["Transaction ID: 1 | Date: 2023-11-24 | Customer ID: CUST001 | Gender: Male | Age: 34 | Product Category: Beauty | Quantity: 3 | Price per Unit: 50 | Total Amount: 150"],
            "customer: Customer ID | invoice: Transaction ID | date: Date | quantity: Quantity | price: Price per Unit | amount: Total Amount | category: Product Category",
            "CUST001 1  150.00"),
        new(
            "Online Retail",
            "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country",
            ["InvoiceNo: 536365 | StockCode: 85123A | Description: HEART | Quantity: 6 | InvoiceDate: 12/13/2010 8:26 | UnitPrice: 2.55 | CustomerID: 17850 | Country: United Kingdom"],
            "customer: CustomerID | invoice: InvoiceNo | date: InvoiceDate | quantity: Quantity | price: UnitPrice | product: StockCode | description: Description | country: Country",
            "17850 536365 85123A 15.30"),
        new(
            "H&M, transactions",
            "t_dat,customer_id,article_id,price,sales_channel_id",
            ["t_dat: 2018-09-20 | customer_id: 000058a1 | article_id: 0663713001 | price: 0.0508 | sales_channel_id: 2"],
            "customer: customer_id | date: t_dat | price: price | product: article_id",
            "000058a1  0663713001 0.0508"),
        new(
            "REES46, events",
            "event_time,event_type,product_id,category_id,category_code,brand,price,user_id,user_session",
            ["event_time: 2019-11-01 00:00:01 UTC | event_type: purchase | product_id: 1 | category_code: audio | price: 5.00 | user_id: 7"],
            "customer: user_id | date: event_time | price: price | product: product_id | category: category_code | type: event_type",
            "7  1 5.00"),
        new(
            "Amazon sale report",
            "index,Order ID,Date,Status,Fulfilment,Sales Channel ,ship-service-level,Style,SKU,Category,Size,ASIN,Courier Status,Qty,currency,Amount,ship-city,ship-state,ship-postal-code,ship-country,promotion-ids,B2B,fulfilled-by,Unnamed: 22",
            ["Order ID: 405 | Date: 04-30-22 | Status: Shipped | SKU: S1 | Category: Set | ASIN: B09 | Qty: 1 | Amount: 647.62 | ship-country: IN"],
            "invoice: Order ID | date: Date | quantity: Qty | amount: Amount | product: SKU | category: Category | country: ship-country | status: Status") { Missing = "the customer" },
        new(
            "French bakery",
            ",date,time,ticket_number,article,Quantity,unit_price",
            ["date: 2021-01-02 | time: 08:38 | ticket_number: 150040.0 | article: BAGUETTE | Quantity: 1.0 | unit_price: 0,90 €"],
            "invoice: ticket_number | date: date | quantity: Quantity | price: unit_price | product: article") { Missing = "the customer" },
        new(
            "Groceries",
            "Member_number,Date,itemDescription",
            ["Member_number: 1808 | Date: 21-07-2015 | itemDescription: tropical fruit"],
            "customer: Member_number | date: Date | description: itemDescription") { Missing = "the price" },
        new(
            "Instacart, orders",
            "order_id,user_id,eval_set,order_number,order_dow,order_hour_of_day,days_since_prior_order",
            ["order_id: 2539329 | user_id: 1 | eval_set: prior | order_number: 1 | order_dow: 2 | order_hour_of_day: 08"],
            "customer: user_id | invoice: order_id") { Missing = "the date" },
    ];
}
