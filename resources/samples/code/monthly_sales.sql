-- Turnover of each month with the change against the month before.
WITH monthly AS (
    SELECT
        strftime('%Y-%m', ordered_at) AS month,
        SUM(quantity * unit_price) AS revenue,
        COUNT(DISTINCT customer_id) AS customers
    FROM orders
    WHERE status <> 'cancelled'
    GROUP BY month
)
SELECT
    month,
    revenue,
    customers,
    revenue - LAG(revenue) OVER (ORDER BY month) AS change
FROM monthly
ORDER BY month;

-- The ten customers who spent the most last year.
SELECT customers.name, SUM(orders.quantity * orders.unit_price) AS spent
FROM orders
JOIN customers ON customers.id = orders.customer_id
WHERE orders.ordered_at >= date('now', '-1 year')
GROUP BY customers.id
ORDER BY spent DESC
LIMIT 10;
