using System.Globalization;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Tests.Transactions;

/// <summary>Files that gave wrong numbers without a word.</summary>
public class WrongNumberTests
{
    [Theory]
    [InlineData("order_id,client_id,date,item,qty,price,total")]
    [InlineData("ref,client_id,date,item,qty,price,total")]
    [InlineData("increment_id,client_id,date,item,qty,price,grand_total")]
    [InlineData("what,client_id,date,item,qty,price,total")]
    public async Task One_order_of_several_lines_is_enough_against_an_order_total(string header)
    {
        string rows = string.Concat(Enumerable.Range(0, 40).Select(static i => string.Create(CultureInfo.InvariantCulture, $"{i},C{i % 7},2024-01-02,p,1,{i + 10}.50,{i + 10}.50\n")));

        (UploadReading reading, CollectingSink sink) = await Cleaning.ReadAsync($"{header}\n{rows}90,A,2024-01-02,p,1,5.00,15.00\n90,A,2024-01-02,q,2,5.00,15.00\n");

        Assert.False(reading.Dialect.Columns.ContainsKey("amount"));
        Assert.Equal(["5.00", "10.00"], sink.Accepted[^2..].Select(static line => line.Amount.ToString()), StringComparer.Ordinal);
        Assert.Contains(reading.Warnings, static warning => warning.Contains("order's total", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_total_named_as_the_orders_gives_way_to_the_lines()
    {
        (UploadReading reading, CollectingSink sink) = await Cleaning.ReadAsync(
            "Номер заказа;Дата;Покупатель;Товар;Количество;Цена;Сумма заказа;Итого\n1;13.01.2024;A;Чай;2;100,00;350,00;190,00\n1;13.01.2024;A;Кофе;1;150,00;350,00;150,00\n");

        Assert.Equal("Итого", reading.Dialect.Columns["amount"]);
        Assert.Equal("190.00", sink.Accepted[0].Amount.ToString());
    }

    [Fact]
    public async Task A_total_that_is_the_orders_only_after_the_sample_is_told()
    {
        string rows = string.Concat(Enumerable.Repeat("1,A,2024-01-02,p,1,5.00,5.00\n", 100));

        (UploadReading reading, _) = await Cleaning.ReadAsync(
            $"order,client_id,date,item,qty,price,total\n{rows}2,A,2024-01-02,p,1,5.00,15.00\n2,A,2024-01-02,q,2,5.00,15.00\n", sampleBytes: 400);

        Assert.Equal("total", reading.Dialect.Columns["amount"]);
        Assert.Contains("on 2 of 102 rows", Assert.Single(reading.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1 234,50 руб.", "1234.50")]
    [InlineData("1234.50 руб.", "1234.50")]
    [InlineData("R$ 10.00", "10.00")]
    [InlineData("Rs. 1,00,000.00", "100000.00")]
    [InlineData("\"=\"\"12.50\"\"\"", "12.50")]
    public async Task Money_with_signs_around_it_is_read(string price, string expected)
    {
        (_, CollectingSink sink) = await Cleaning.ReadAsync($"order;client_id;date;qty;price\n1;A;2024-01-02;1;{price}\n");

        Assert.Equal(expected, Assert.Single(sink.Accepted).Amount.ToString());
    }

    [Fact]
    public async Task The_point_of_a_currency_is_no_decimal_point()
    {
        (_, CollectingSink sink) = await Cleaning.ReadAsync("order;client_id;date;qty;price\n1;A;2024-01-02;1;1,234 руб.\n2;A;2024-01-02;1;0,500 руб.\n");

        Assert.Equal(["1.234", "0.50"], sink.Accepted.Select(static line => line.Amount.ToString()), StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_group_of_thousands_never_begins_with_a_zero()
    {
        (_, CollectingSink sink) = await Cleaning.ReadAsync("order;client_id;date;qty;price\n1;A;2024-01-02;1;10.50\n2;B;2024-01-02;1;10.20\n3;C;2024-01-02;1;0,500\n");

        Assert.Equal("unreadable-number", Assert.Single(sink.Rejected).Reason);
    }

    [Theory]
    [InlineData("1,000", "10.50")]
    [InlineData("1.000", "10,50")]
    public async Task Three_decimals_in_one_column_only_are_told(string quantity, string price)
    {
        (UploadReading reading, _) = await Cleaning.ReadAsync($"order;client_id;date;qty;price\n1;A;2024-01-02;{quantity};{price}\n");

        Assert.Contains("Column qty", Assert.Single(reading.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Qty Sold")]
    [InlineData("Кол.")]
    [InlineData("Кол-во товаров")]
    [InlineData("order_qty")]
    [InlineData("num_items")]
    [InlineData("Number of items")]
    [InlineData("Заказано")]
    [InlineData("Продано")]
    [InlineData("Lineitem qty")]
    [InlineData("Unit Qty")]
    [InlineData("pcs")]
    [InlineData("Anzahl")]
    [InlineData("Cantidad")]
    [InlineData("Quantité")]
    [InlineData("qte")]
    [InlineData("Quantity (pcs)")]
    [InlineData("Количество, шт")]
    [InlineData("Units [each]")]
    public async Task Quantities_have_many_names(string name)
    {
        (_, CollectingSink sink) = await Cleaning.ReadAsync($"order_id;client_id;date;sku;{name};price\n1;A;2024-01-02;p;3;10.00\n");

        Assert.Equal("30.00", sink.Accepted[0].Amount.ToString());
    }

    [Fact]
    public async Task A_file_without_a_quantity_is_told_what_was_left_over()
    {
        (UploadReading reading, _) = await Cleaning.ReadAsync("order_id;client_id;date;sku;how_many;price\n1;A;2024-01-02;p;3;10.00\n");

        Assert.Contains("how_many", Assert.Single(reading.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_shop_paid_is_no_price_beside_another_and_a_doubtful_one_alone()
    {
        (UploadReading both, _) = await Cleaning.ReadAsync("client_id;date;sku;qty;unit_cost;selling_price\nA;2024-01-02;p;2;6.00;10.00\n");
        (UploadReading alone, _) = await Cleaning.ReadAsync("client_id;date;sku;qty;unit_cost\nA;2024-01-02;p;2;6.00\n");

        Assert.Equal("selling_price", both.Dialect.Columns["price"]);
        Assert.Contains("unit_cost", Assert.Single(alone.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Возврат товаров от покупателя 0003 от 14.03.2024")]
    [InlineData("Credit note 17")]
    [InlineData("RETURN-17")]
    [InlineData("refund 17")]
    public async Task A_document_whose_name_says_return_is_one(string name)
    {
        (_, CollectingSink sink) = await Cleaning.ReadAsync($"Документ;Дата;Контрагент;Количество;Сумма\nРеализация 2;13.03.2024;Z;3;300,00\n{name};14.03.2024;Z;1;100,00\n");

        Assert.Equal([(LineKind.Sale, "300.00"), (LineKind.Return, "-100.00")], sink.Accepted.Select(static line => (line.Kind, line.Amount.ToString())));
    }

    [Theory]
    [InlineData("status", "wc-failed", LineKind.Void)]
    [InlineData("status", "Declined", LineKind.Void)]
    [InlineData("status", "unpaid", LineKind.Void)]
    [InlineData("status", "Отклонён банком", LineKind.Void)]
    [InlineData("status", "Не оплачен", LineKind.Void)]
    [InlineData("status", "Черновик", LineKind.Void)]
    [InlineData("status", "Оплачен", LineKind.Sale)]
    [InlineData("Отменен", "Да", LineKind.Void)]
    [InlineData("Отменён", "Нет", LineKind.Sale)]
    [InlineData("Cancelled", "No", LineKind.Sale)]
    [InlineData("Is cancelled", "true", LineKind.Void)]
    [InlineData("Cancelled at", "2024-01-06 10:00:00 -0500", LineKind.Void)]
    [InlineData("Cancelled at", "", LineKind.Sale)]
    [InlineData("Cancelled at", "0000-00-00 00:00:00", LineKind.Sale)]
    public async Task What_was_never_paid_or_was_cancelled_is_no_sale(string column, string value, LineKind expected)
    {
        (_, CollectingSink sink) = await Cleaning.ReadAsync($"order_id;client_id;date;qty;price;{column}\n1;A;2024-01-02;1;10.00;{value}\n");

        Assert.Equal(expected, Assert.Single(sink.Accepted).Kind);
    }

    [Fact]
    public async Task A_price_that_rounds_to_nothing_is_none()
    {
        (_, CollectingSink sink) = await Cleaning.ReadAsync("order_id;client_id;date;qty;price\n1;A;2024-01-02;1;0.0000001\n");

        Assert.Equal("non-positive-price", Assert.Single(sink.Rejected).Reason);
    }

    [Fact]
    public async Task Names_of_dates_and_prices_in_other_words_are_known()
    {
        foreach (string date in (string[])["transactional_date", "PURCHASE_TS", "event_time"])
        {
            (UploadReading reading, _) = await Cleaning.ReadAsync($"client_id;{date};qty;USD_PRICE\nA;2024-01-02;1;10.00\n");

            Assert.Equal((date, "USD_PRICE"), (reading.Dialect.Columns["date"], reading.Dialect.Columns["price"]));
        }
    }
}
